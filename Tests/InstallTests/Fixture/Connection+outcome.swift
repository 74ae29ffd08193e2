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
let facadeCalls = closedCalls + feedCalls

/// Those that are refused to who has no right on the net.
let closedCalls = firingCalls + readingCalls

/// Those that take a role of the transition.
let firingCalls = [
  ("ptflow_dispatch", "'game', 'g', 'x'"), ("ptflow_create", "'game', 'g'"),
  ("ptflow_dispatch_many", "'[{\"net\": \"game\", \"id\": \"g\", \"action\": \"x\"}]'"),
  ("ptflow_try", "'game', 'g', 'x'"),
]

/// Those that take the right to read.
let readingCalls = [
  ("ptflow_state", "'game', 'g'"),
  ("ptflow_enabled", "'game', 'g'"), ("ptflow_why_not", "'game', 'g', 'x'"), ("ptflow_events", "'game', 'g'"),
  ("ptflow_verify", "'game'"), ("ptflow_states_as_of", "'game', now()"), ("ptflow_diff", "'game', 'g'"),
  ("ptflow_feed", "nets => '{game}'"), ("ptflow_subscribe", "'s', '{game}'"),
  ("ptflow_simulate", "'game', 'g', '[\"x\"]'"), ("ptflow_plan", "'game', 'g', '$.xs >= 1'"),
]

/// Those that go on from there, and for who may read no net tell of none.
let feedCalls = [
  ("ptflow_cursor", ""), ("ptflow_subscriptions", ""), ("ptflow_receive", "'s', 'c'"),
  ("ptflow_ack", "'s', 'c', '1@0.-1.0.'"), ("ptflow_unsubscribe", "'s'"),
]
