import Postgres

extension Connection {
  /// `ok`, or the SQLSTATE with which the server refuses.
  func outcome(_ script: String) -> String {
    do {
      try execute(script)
      return "ok"
    } catch {
      return error.sqlstate
    }
  }

  /// What became of a dispatch to the net `game`.
  func fire(_ action: String, id: String = "g") -> String {
    outcome("SELECT public.ptflow_dispatch('game', '\(id)', '\(action)')")
  }

  /// The first column of all rows.
  func column(_ sql: String, _ parameters: [String?] = []) throws -> [String] {
    try query(sql, parameters).map { $0[0] ?? "NULL" }
  }
}

/// The calls of the facade, each with arguments that are in order once `g` is there.
let facadeCalls = [
  ("ptflow_dispatch", "'game', 'g', 'x'"), ("ptflow_create", "'game', 'g'"),
  ("ptflow_dispatch_many", "'[{\"net\": \"game\", \"id\": \"g\", \"action\": \"x\"}]'"),
  ("ptflow_state", "'game', 'g'"),
  ("ptflow_enabled", "'game', 'g'"), ("ptflow_why_not", "'game', 'g', 'x'"), ("ptflow_events", "'game', 'g'"),
  ("ptflow_verify", "'game'"),
]
