import Foundation
import Postgres

extension PostgresError {
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
  var hasDetailForPrograms: Bool {
    guard let detail, detail.hasPrefix("{") else { return false }
    return (try? JSONSerialization.jsonObject(with: Data(detail.utf8))) != nil
  }
}
