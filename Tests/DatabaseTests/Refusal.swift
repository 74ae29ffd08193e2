import Postgres

/// How the database refused: the code, the detail read as JSON, the hint.
struct Refusal: Hashable, Sendable {
  let code: String
  let message: String
  let detail: JSON
  let hint: String

  init(_ error: PostgresError) {
    code = error.sqlstate
    message = error.message
    detail = error.detail.flatMap { try? JSON($0) } ?? nil
    hint = error.hint ?? ""
  }

  /// The failing conditions of a PT409, in their order.
  var places: [Reason] { (detail["places"]?.elements ?? []).map(Reason.init) }

  /// One failing condition.
  struct Reason: Hashable, Sendable {
    let place: JSON?
    let condition: JSON?
    let tokens: JSON?
    let need: JSON?

    init(_ json: JSON) {
      place = json["place"]
      condition = json["condition"]
      tokens = json["tokens"]
      need = json["need"]
    }
  }
}

/// What should have been refused was done.
struct NotRefused: Error {
  let call: String
}

extension Connection {
  /// How the database refuses a statement.
  ///
  /// - Throws: `NotRefused` when it does not.
  func refusal(_ sql: String, _ parameters: [String?] = []) throws -> Refusal {
    do throws(PostgresError) {
      _ = try query(sql, parameters)
    } catch {
      return Refusal(error)
    }
    throw NotRefused(call: sql)
  }

  /// How the database refuses a dispatch.
  func refusal(
    dispatching action: String, _ net: String, _ id: String, payload: String = "{}", multiple: Int = 1,
    expected: Int? = nil, key: String? = nil
  ) throws -> Refusal {
    do throws(PostgresError) {
      try dispatch(net, id, action, payload: payload, multiple: multiple, expected: expected, key: key)
    } catch {
      return Refusal(error)
    }
    throw NotRefused(call: "\(action) of \(net) \(id)")
  }
}
