internal import PetriNet
internal import SQL

extension NetPlan {
  /// The schema and its domains.
  var schemaSQL: SQL {
    """
    CREATE SCHEMA \(name: schema);

    COMMENT ON SCHEMA \(name: schema) IS \(string: description);


    -- Token counts -----------------------------------------------------------------------------------------------

    \(domains.map { $0.sql(in: schema) }, separator: "\n\n")
    """
  }

  /// What the net is, in one line.
  private var description: String {
    let title = net.title.flatMap { $0 == net.name ? nil : " \"\($0)\"" } ?? ""
    return "ptflow net\(title): \(count(net.places.count, "place")), \(count(net.transitions.count, "transition"))."
  }

  private func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

  /// Names written as a table qualifies them.
  func object(_ name: String) -> SQL { "\(name: schema).\(name: name)" }
}

extension Domain {
  fileprivate func sql(in schema: String) -> SQL {
    let range: SQL = bound.map { "VALUE BETWEEN 0 AND \($0)" } ?? "VALUE >= 0"
    return "CREATE DOMAIN \(name: schema).\(name: name) AS \(base.sql) CONSTRAINT \(name: name)_range CHECK (\(range));"
  }
}

extension Domain {
  /// The domain as it is named in a column.
  func reference(in schema: String) -> SQL { "\(name: schema).\(name: name)" }
}

extension IntegerType {
  /// The type as SQL writes it.
  var sql: SQL { SQL(verbatim: rawValue) }
}
