import Foundation
import Postgres

extension PostgresError: Reportable {
  var exitStatus: ExitStatus { .database }

  /// The error with its code, and without what is for programs (a refusal's detail) and for us (its way through our
  /// functions).
  var words: Words {
    // What libpq says itself goes over several lines.
    var lines: [Words] = [severity.isEmpty ? "error: \(indented: message)" : "\(severity) \(sqlstate):  \(message)"]
    if let detail, !hasDetailForPrograms { lines.append("DETAIL:  \(indented: detail)") }
    if let hint { lines.append("HINT:  \(hint)") }
    if let context, !context.contains("PL/pgSQL function") { lines.append("CONTEXT:  \(indented: context)") }
    return Words(lines)
  }

  /// The error for programs. A refusal's detail is JSON already.
  var jsonValue: JSONValue { .object(jsonMembers) }

  /// The members of that object.
  var jsonMembers: [(String, JSONValue)] {
    [
      ("sqlstate", .string(sqlstate)),
      ("message", .string(message)),
      ("detail", hasDetailForPrograms ? detail.map { .verbatim($0) } ?? .null : JSONValue(detail)),
      ("hint", JSONValue(hint)),
    ]
  }

  /// Whether the detail is a JSON object.
  private var hasDetailForPrograms: Bool {
    guard let detail, detail.hasPrefix("{") else { return false }
    return (try? JSONSerialization.jsonObject(with: Data(detail.utf8))) != nil
  }
}
