import Postgres

extension Connection {
  /// The one value that a query gives.
  func value(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> String? {
    try query(sql, parameters).first?[0]
  }

  /// Fires a transition of the till; answers the event's seq.
  @discardableResult
  func fire(_ action: String, _ id: String, payload: String = "{}", key: String? = nil) throws(PostgresError) -> Int {
    let sql = "SELECT ptflow_dispatch('till', $1, $2, $3, 1, NULL, $4) ->> 'seq'"
    return try value(sql, [id, action, payload, key]).flatMap { Int($0) } ?? 0
  }

  /// `ok`, or the SQLSTATE with which the server refuses.
  func outcome(_ sql: String) -> String {
    do {
      try query(sql)
      return "ok"
    } catch {
      return error.sqlstate
    }
  }

  /// The problems that verifying finds, each as `instance seq problem`.
  func problems() throws(PostgresError) -> [String] {
    try query("SELECT concat_ws(' ', instance, seq, problem) FROM ptflow_verify('till')").map { $0[0] ?? "" }
  }

  /// The instances, each as `id seq`.
  func instances() throws(PostgresError) -> [String] {
    try query("SELECT concat_ws(' ', id, seq) FROM till.states ORDER BY id").map { $0[0] ?? "" }
  }

  /// Asks again and again until a condition holds.
  func wait(until condition: String) throws {
    let end = ContinuousClock.now + .seconds(60)
    while try value("SELECT \(condition)") != "t" {
      guard ContinuousClock.now < end else { throw Late(condition: condition) }
      try query("SELECT pg_stat_clear_snapshot()")
    }
  }
}

/// Something did not happen within a minute.
struct Late: Error {
  let condition: String
}
