internal import Rules
public import SQL

/// The static SQL that all nets share: the files of the folders `sql` and `pgsql`, and what guards are compiled to.
public enum Engine {
  /// The version of the engine's tables and functions; `pgsql/guard.sql` compares it.
  public static let version = 4

  /// The files in the order in which they are installed. The order is written here, by hand, and nowhere else.
  public static let order = [
    "sql/schema.sql",
    "pgsql/guard.sql",
    "pgsql/lock.sql",
    "sql/engine.sql",
    "sql/nets.sql",
    "sql/net_versions.sql",
    "sql/rights.sql",
    "sql/objects.sql",
    "sql/fingerprints.sql",
    "sql/batch.sql",
    "sql/clusters.sql",
    "sql/subscriptions.sql",
    "sql/position.sql",
    "pgsql/one_line.sql",
    "pgsql/refuse.sql",
    "pgsql/refuse_null.sql",
    "pgsql/refuse_argument.sql",
    "pgsql/refuse_id.sql",
    "pgsql/payload_fault.sql",
    "pgsql/is_storable.sql",
    "pgsql/argument_fault.sql",
    "pgsql/refuse_arguments.sql",
    "pgsql/refuse_net.sql",
    "pgsql/refuse_instance.sql",
    "pgsql/refuse_action.sql",
    "pgsql/refuse_seq.sql",
    "pgsql/refuse_as_of.sql",
    "pgsql/refuse_limit.sql",
    "pgsql/refuse_expected.sql",
    "pgsql/refuse_firing.sql",
    "pgsql/seen.sql",
    "pgsql/differences.sql",
    "pgsql/refuse_key.sql",
    "pgsql/refuse_busy.sql",
    "pgsql/refuse_role.sql",
    "pgsql/refuse_create.sql",
    "pgsql/whole_number.sql",
    "pgsql/refuse_events.sql",
    "pgsql/refuse_change.sql",
    "pgsql/next_version.sql",
    "pgsql/limit_wait.sql",
    "pgsql/lock_catalogue.sql",
    "pgsql/count_instances.sql",
    "pgsql/lock_instances.sql",
    "pgsql/assumed_role.sql",
    "pgsql/caller.sql",
    "pgsql/read_claim.sql",
    "pgsql/claimed_roles.sql",
    "pgsql/claimed_role.sql",
    "pgsql/right_type.sql",
    "pgsql/has_right.sql",
    "pgsql/holds.sql",
    "pgsql/grants.sql",
    "pgsql/holders.sql",
    "pgsql/demand_read.sql",
    "pgsql/obstacle.sql",
    "pgsql/batches.sql",
    "pgsql/actions.sql",
    "pgsql/refuse_goal.sql",
    "pgsql/goal.sql",
    "pgsql/refuse_search.sql",
    "pgsql/numbered.sql",
    "pgsql/refresh_numbered.sql",
    "pgsql/adopt.sql",
    "pgsql/horizon.sql",
    "pgsql/cursor_text.sql",
    "pgsql/read_cursor.sql",
    "pgsql/readable_nets.sql",
    "pgsql/refuse_subscription.sql",
    "pgsql/refuse_ack.sql",
    "pgsql/demand_subscription.sql",
    "pgsql/begin_batch.sql",
    "pgsql/slots_of.sql",
    "pgsql/seal.sql",
    "pgsql/sync_privileges.sql",
    "pgsql/add_administrator.sql",
    "pgsql/add_grant.sql",
    "pgsql/remove_grant.sql",
    "pgsql/decision.sql",
    "pgsql/refresh_facade.sql",
    "pgsql/drop_net.sql",
    "pgsql/uninstall.sql",
  ]

  /// The questions that `ptflow doctor` asks of a schema, in the order in which what they find is told: each file is one
  /// query, whose parameters and columns stand in the first.
  public static let inspections = [
    "schemas", "types", "tables", "columns", "constraints", "functions", "views", "triggers",
  ].map { "pgsql/doctor/\($0).sql" }

  /// The question by which it is found where nothing was touched; its parameters and columns stand in it.
  public static let fingerprint = "pgsql/doctor/fingerprint.sql"

  /// The functions that clients call.
  public static let calls = [
    Call("ptflow_dispatch", privileges: ["fire", "gateway"]),
    Call("ptflow_dispatch_many", privileges: ["fire", "gateway"]),
    Call("ptflow_create", privileges: ["fire", "gateway"]),
    Call("ptflow_try", privileges: ["fire", "gateway"]),
    Call("ptflow_state", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_enabled", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_why_not", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_events", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_verify", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_states_as_of", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_diff", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_cursor", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_feed", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_subscribe", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_unsubscribe", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_subscriptions", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_receive", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_ack", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_simulate", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_plan", privileges: ["fire", "gateway", "read"]),
  ]

  /// The names of all files that were embedded, in no order that matters.
  public static var embedded: [String] { SQLFiles.all.map(\.name) }

  /// What everything begins with that the owner of the nets does.
  public static var guardScript: SQL { file("pgsql/guard.sql") }

  /// What an installation begins with: the schema, the guard, the lock.
  public static var openingScript: SQL {
    ["sql/schema.sql", "pgsql/guard.sql", "pgsql/lock.sql"].map(file).joined(separator: "\n\n\n")
  }

  /// A query of `inspections`, or `fingerprint`.
  public static func inspection(_ name: String) -> SQL { file(name) }

  /// All files as one script; it may be run again on a database that has the engine.
  public static var script: SQL {
    order.flatMap { name -> [SQL] in
      switch name {
      case "pgsql/obstacle.sql": [file(name), guardsSQL]
      case "pgsql/refresh_facade.sql": [callsSQL, file(name)]
      default: [file(name)]
      }
    }.joined(separator: "\n\n\n")
  }

  /// The functions that compiled guards call.
  private static let guardsSQL: SQL = {
    let sql: SQL = """
      -- What the guards of nets are compiled to. A value of CEL is a jsonb: null, booleans, numbers, texts and arrays are
      -- themselves, and all else is an object of one member: i an int, u a uint, d a double, m a map, t a timestamp, n a
      -- duration in nanoseconds. An error is NULL. docs/guards.md says more.

      \(GuardFunctions(in: "ptflow").all)
      """
    return sql.onLines()
  }()

  /// What the facade is written from. It is run as the owner, so it is no table that others might be let write to.
  private static var callsSQL: SQL {
    let rows = calls.map { call -> SQL in
      let privileges = call.privileges.map { "\(string: $0)" as SQL }
      return """
        (\(string: call.name), ARRAY[\(privileges, separator: ", ")],
         \(string: file(call.file).text))
        """
    }
    let sql: SQL = """
      -- The functions that clients call: each with its definition, in which a line stands for a branch for each net. The
      -- facade is written from these by ptflow.refresh_facade.

      CREATE OR REPLACE VIEW ptflow.calls (name, privileges, definition) AS
          SELECT c.name::name, c.privileges, c.definition
            FROM (VALUES
          \(rows, separator: ",\n")
                 ) AS c (name, privileges, definition);

      COMMENT ON VIEW   ptflow.calls            IS 'The functions that clients call.';
      COMMENT ON COLUMN ptflow.calls.name       IS 'The name of the function, in the schema of the facade.';
      COMMENT ON COLUMN ptflow.calls.privileges IS 'Who has one of these on any net may call it.';
      COMMENT ON COLUMN ptflow.calls.definition IS 'The statement that makes it, with {{a branch}} for each {net}.';
      """
    return sql.onLines()
  }

  /// A file that was embedded, without the empty lines at its end.
  private static func file(_ name: String) -> SQL {
    guard let text = texts[name] else { preconditionFailure("there is no file \(name)") }
    return SQL(verbatim: String(text.trimmingSuffix { $0 == "\n" }))
  }

  private static let texts = Dictionary(uniqueKeysWithValues: SQLFiles.all.map { ($0.name, $0.text) })
}

extension String {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> Substring {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return text
  }
}
