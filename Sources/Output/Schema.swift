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

  /// What the net is, in one line: how large it is, then what its author says.
  private var description: String {
    let title = plan.net.title.flatMap { $0 == plan.net.name ? nil : " \"\($0)\"" } ?? ""
    let places = count(plan.places.count, "place")
    let size = "ptflow net\(title): \(places), \(count(plan.transitions.count, "transition"))."
    return said(plan.net.about).map { "\(size) \($0)" } ?? size
  }

  /// What an author says, on one line, as a comment of the catalogue has it.
  func said(_ about: String?) -> String? {
    about.map { clipped($0.split(whereSeparator: \.isWhitespace).joined(separator: " ")) }
  }

  private func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
}

extension IntegerType {
  /// The type as SQL writes it.
  var sql: SQL { SQL(verbatim: rawValue) }
}
