import Postgres

/// What the facade answers to a dispatch or a creation.
struct Answer: Hashable, Sendable {
  let net: String?
  let id: String?
  let seq: Int?
  let action: String?
  let multiple: Int?
  let state: [String: Int]
  let hash: String?
  let at: String?
  let replayed: JSON?

  init(_ json: JSON) {
    net = json["net"]?.string
    id = json["id"]?.string
    seq = json["seq"]?.int
    action = json["action"]?.string
    multiple = json["multiple"]?.int
    state = json["state"]?.counts ?? [:]
    hash = json["hash"]?.string
    at = json["at"]?.string
    replayed = json["replayed"]
  }

  /// The same answer as a retry gets it.
  var replay: Replay { Replay(seq: seq, state: state, hash: hash, at: at) }

  /// What a replayed answer repeats.
  struct Replay: Hashable, Sendable {
    let seq: Int?
    let state: [String: Int]
    let hash: String?
    let at: String?
  }
}

/// The calls of the facade, as a client makes them.
extension Connection {
  /// The SQLSTATE with which a statement is refused; empty when it is not. Nothing of it is kept.
  func code(_ statement: String) throws -> String {
    do {
      try execute("BEGIN; \(statement)")
      try execute("ROLLBACK")
      return ""
    } catch {
      try execute("ROLLBACK")
      return error.sqlstate
    }
  }

  @discardableResult
  func dispatch(
    _ net: String, _ id: String, _ action: String, payload: String = "{}", multiple: Int = 1, expected: Int? = nil,
    key: String? = nil
  ) throws(PostgresError) -> Answer {
    try answer(
      "SELECT ptflow_dispatch($1, $2, $3, $4, $5, $6, $7)",
      [net, id, action, payload, "\(multiple)", expected.map { "\($0)" }, key])
  }

  @discardableResult
  func create(_ net: String, _ id: String) throws(PostgresError) -> Answer {
    try answer("SELECT ptflow_create($1, $2)", [net, id])
  }

  /// The tokens of an instance, by place.
  func state(_ net: String, _ id: String) throws(PostgresError) -> [String: Int] {
    try answer("SELECT ptflow_state($1, $2)", [net, id]).state
  }

  /// The actions that are enabled, in the order of the net.
  func enabled(_ net: String, _ id: String) throws(PostgresError) -> [String] {
    var actions: [String] = []
    for row in try query("SELECT action FROM ptflow_enabled($1, $2)", [net, id]) {
      let action = row[0] ?? ""
      if actions.last != action { actions.append(action) }
    }
    return actions
  }

  /// The problems that the database finds in its chains, each as `instance seq problem`.
  func problems(_ net: String, _ id: String? = nil) throws(PostgresError) -> [String] {
    try query("SELECT instance, seq, problem FROM ptflow_verify($1, $2)", [net, id])
      .map { "\($0[0] ?? "") \($0[1] ?? "") \($0[2] ?? "")" }
  }

  /// Waits until all transactions have ended that there are now, also those of other tests: a feed tells of no event before.
  func settle() throws(PostgresError) {
    let next = try value("SELECT pg_snapshot_xmax(pg_current_snapshot())")
    while try value("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8", [next]) != "t" {}
  }

  private func answer(_ sql: String, _ parameters: [String?]) throws(PostgresError) -> Answer {
    let text = try query(sql, parameters)[0][0] ?? "null"
    guard let json = try? JSON(text) else { throw PostgresError(sqlstate: "", message: "no JSON: \(text)") }
    return Answer(json)
  }

  /// The one value that a query gives.
  func value(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> String? {
    try query(sql, parameters).first?[0]
  }
}
