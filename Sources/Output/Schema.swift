internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The schema.
  var schemaSQL: SQL {
    """
    CREATE SCHEMA \(name: plan.schema);

    COMMENT ON SCHEMA \(name: plan.schema) IS \(string: description);
    """
  }

  /// What the net is, in one line.
  private var description: String {
    let title = plan.net.title.flatMap { $0 == plan.net.name ? nil : " \"\($0)\"" } ?? ""
    let places = count(plan.places.count, "place")
    return "ptflow net\(title): \(places), \(count(plan.transitions.count, "transition"))."
  }

  private func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
}

extension IntegerType {
  /// The type as SQL writes it.
  var sql: SQL { SQL(verbatim: rawValue) }
}
