internal import Compiler
internal import Crypto
internal import Diagnostics
internal import NetFormats
internal import PetriNet
internal import Plan
internal import Postgres
internal import SQL

/// A net as the database keeps it, and what this program makes of that.
struct StoredNet {
  /// How the database should hold the net, or why that cannot be told.
  enum Reading {
    /// The plan. It is whole where it was made from the file that the database keeps; the canonical form knows no title.
    case plan(NetPlan, isWhole: Bool)
    /// What is wrong, and what to do about it.
    case unreadable(String)
  }

  let name: String
  let schema: String
  let version: Int
  let digest: String
  let reading: Reading

  var plan: NetPlan? { if case .plan(let plan, _) = reading { plan } else { nil } }
}

/// The nets that the catalogue has a version of, by name: of each the one in force, or the last where that is not told.
///
/// - Throws: what the database said; also when the catalogue lacks the versions.
func storedNets(in tables: OwnTables, _ connection: borrowing Connection) throws -> [StoredNet] {
  let inForce = try tables.rows(
    "SELECT n.net, n.version, encode(n.digest, 'hex') FROM ptflow.nets AS n", of: ["ptflow.nets"], on: connection)
  let known = Dictionary(inForce.map { ($0[0] ?? "", $0) }) { first, _ in first }
  let rows = try connection.query(
    """
    SELECT v.net, v.version, encode(v.digest, 'hex') AS digest, v.canonical_form, v.file, v.format, v.source
      FROM ptflow.net_versions AS v
     ORDER BY v.net, v.version
    """)
  return try Dictionary(grouping: rows) { $0["net"] ?? "" }.sorted {
    $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
  }
  .compactMap { name, versions in
    let row = versions.last { $0["version"] == known[name]?[1] } ?? versions.last
    return try row.map { row in
      try storedNet(row, digests: [row["digest"], known[name]?[2]].compactMap { $0 }, in: tables, connection)
    }
  }
}

/// Reads the net of a row again: the file that is kept, or where that says something else by now, the canonical form.
private func storedNet(
  _ row: Row, digests: [String], in tables: OwnTables, _ connection: borrowing Connection
) throws -> StoredNet {
  let name = row["net"] ?? ""
  let (file, text) = (row["file"] ?? "", row["source"] ?? "")
  let read = (try? readNet(SourceFile(name: file, text: text), name: name)).flatMap { digests.has($0.net) ? $0 : nil }
  let told = (try? Net(canonicalForm: row["canonical_form"] ?? "", name: name)).flatMap { digests.has($0) ? $0 : nil }
  let source = Source(file: file, format: read?.format.rawValue ?? row["format"] ?? "", text: text)
  let schema = identifier(for: name)
  func stored(_ reading: StoredNet.Reading) -> StoredNet {
    StoredNet(
      name: name, schema: schema, version: row.integer("version"), digest: row["digest"] ?? "", reading: reading)
  }
  guard var net = read?.net ?? told else { return stored(.unreadable(.otherNet)) }
  net.name = name
  net.keepsStates = try keepsStates(name, schema: schema, in: tables, connection)
  let witness = try OrderWitness(of: net, schema: schema, version: row.integer("version"), in: tables, connection)
  guard let order = witness.order(read: read?.net.places.map(\.name)) else { return stored(.unreadable(.otherOrder)) }
  let ordered =
    read == nil ? witness.drawn(net).inOrder(witness.whole(places: order)) : net.inOrder(Net.Order(places: order))
  guard let plan = try? compile(ordered, source: source) else { return stored(.unreadable(.otherNet)) }
  return stored(.plan(plan, isWhole: read != nil))
}

extension [String] {
  /// Whether one of these digests is a net's.
  fileprivate func has(_ net: Net) -> Bool {
    contains(hexadecimal([UInt8](SHA256.hash(data: [UInt8](net.canonicalForm.utf8)))))
  }
}

/// Whether a net keeps its states, which neither the file nor the canonical form says: as the catalogue has it, or else as
/// the schema does.
private func keepsStates(
  _ net: String, schema: String, in tables: OwnTables, _ connection: borrowing Connection
) throws -> Bool {
  let told = try tables.rows(
    """
    SELECT o.kind = 'TABLE' FROM ptflow.objects AS o
     WHERE o.net = \(string: net) AND o.name = 'states' AND o.kind <> 'FUNCTION'
    """, of: ["ptflow.objects"], on: connection)
  if let kept = told.first?[0] { return kept == "t" }
  return try !connection.query(
    """
    SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = 'states' AND c.relkind = 'r'
    """, [schema]
  ).isEmpty
}

extension String {
  fileprivate static let otherNet = """
    neither the file nor the canonical form that ptflow.net_versions keeps has the digest of the net any more; restore its \
    row from a backup
    """

  fileprivate static let otherOrder = """
    the file, the table places and the view history have the places in different orders, so that it cannot be told in which \
    the markings count; restore two of them from a backup
    """
}
