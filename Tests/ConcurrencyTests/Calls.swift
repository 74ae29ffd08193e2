import Foundation
import PetriNet
import Postgres

/// What a client asks for.
struct Call: Hashable, Sendable {
  var net = "workshop"
  var id: String
  var action: String
  var payload = "{}"
  var expected: Int?
  var key: String?
}

/// What a dispatch answers.
struct Answer: Hashable, Sendable, Decodable {
  let seq: Int
  let multiple: Int
  let state: [String: Int]
  let hash: String
  let replayed: Bool
}

/// A refusal that says what the tokens were, and after which event.
struct Refusal: Hashable, Sendable, Decodable {
  let id: String
  let seq: Int
  let places: [Place]

  struct Place: Hashable, Sendable, Decodable {
    let place: String
    let tokens: Int
  }
}

extension Connection {
  /// Fires a transition.
  @discardableResult
  func dispatch(_ call: Call) throws(PostgresError) -> Answer {
    let rows = try query(
      "SELECT ptflow_dispatch($1, $2, $3, $4, expected => $5, key => $6)",
      [call.net, call.id, call.action, call.payload, call.expected.map { "\($0)" }, call.key])
    return try read(Answer.self, rows[0][0])
  }

  /// The one value that a query gives.
  func value(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> String? {
    try query(sql, parameters).first?[0]
  }

  /// `ok`, or the code with which the database refuses.
  func outcome(_ script: String) -> String {
    do throws(PostgresError) {
      try execute(script)
      return "ok"
    } catch {
      return error.sqlstate
    }
  }
}

extension PostgresError {
  /// What a PT409 says.
  func refusal() throws(PostgresError) -> Refusal { try read(Refusal.self, detail) }

  /// Whether the server, or the way to it, went away: nobody knows what became of the statement.
  var isLoss: Bool { sqlstate.hasPrefix("08") || sqlstate.hasPrefix("57P") }
}

private func read<Value: Decodable>(_ type: Value.Type, _ text: String?) throws(PostgresError) -> Value {
  guard let text, let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
    throw PostgresError(sqlstate: "", message: "not as it should be: \(text ?? "NULL")")
  }
  return value
}

/// Asks again and again until a condition holds.
func waitUntil(_ condition: String, on connection: borrowing Connection) throws {
  let end = Date.now.addingTimeInterval(120)
  while try connection.value("SELECT \(condition)") != "t" {
    guard Date.now < end else { throw Late(condition: condition) }
  }
}

/// Something did not happen within two minutes.
struct Late: Error {
  let condition: String
}
