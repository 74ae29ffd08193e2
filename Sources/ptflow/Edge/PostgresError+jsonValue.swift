import Foundation
import Postgres

extension PostgresError {
  /// The error for programs. A refusal's detail is JSON already.
  var jsonValue: JSONValue {
    let isRefusal = sqlstate.hasPrefix("PT")
    return [
      "sqlstate": .string(sqlstate),
      "message": .string(message),
      "detail": isRefusal ? detail.map { .verbatim($0) } ?? .null : JSONValue(detail),
      "hint": JSONValue(hint),
    ]
  }
}
