public import SQL

/// The static SQL that all nets share: the files of the folders `sql` and `pgsql`.
public enum Engine {
  /// The version of the engine's tables and functions; `pgsql/guard.sql` compares it.
  public static let version = 2

  /// The files in the order in which they are installed. The order is written here, by hand, and nowhere else.
  public static let order = [
    "pgsql/guard.sql",
    "sql/schema.sql",
    "sql/engine.sql",
    "sql/nets.sql",
    "sql/net_versions.sql",
    "sql/rights.sql",
    "sql/objects.sql",
    "sql/calls.sql",
    "sql/batch.sql",
    "pgsql/one_line.sql",
    "pgsql/refuse.sql",
    "pgsql/refuse_null.sql",
    "pgsql/refuse_id.sql",
    "pgsql/payload_fault.sql",
    "pgsql/argument_fault.sql",
    "pgsql/refuse_arguments.sql",
    "pgsql/refuse_net.sql",
    "pgsql/refuse_instance.sql",
    "pgsql/refuse_action.sql",
    "pgsql/refuse_as_of.sql",
    "pgsql/refuse_limit.sql",
    "pgsql/refuse_expected.sql",
    "pgsql/refuse_firing.sql",
    "pgsql/differences.sql",
    "pgsql/refuse_key.sql",
    "pgsql/refuse_busy.sql",
    "pgsql/refuse_role.sql",
    "pgsql/refuse_create.sql",
    "pgsql/whole_number.sql",
    "pgsql/refuse_events.sql",
    "pgsql/refuse_change.sql",
    "pgsql/next_version.sql",
    "pgsql/lock_catalogue.sql",
    "pgsql/assumed_role.sql",
    "pgsql/caller.sql",
    "pgsql/is_json.sql",
    "pgsql/read_claim.sql",
    "pgsql/claimed_roles.sql",
    "pgsql/claimed_role.sql",
    "pgsql/right_type.sql",
    "pgsql/has_right.sql",
    "pgsql/held.sql",
    "pgsql/grants.sql",
    "pgsql/demand_read.sql",
    "pgsql/obstacle.sql",
    "pgsql/batches.sql",
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

  /// The functions that clients call.
  public static let calls = [
    Call("ptflow_dispatch", privileges: ["fire", "gateway"]),
    Call("ptflow_dispatch_many", privileges: ["fire", "gateway"]),
    Call("ptflow_create", privileges: ["fire", "gateway"]),
    Call("ptflow_state", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_enabled", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_why_not", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_events", privileges: ["fire", "gateway", "read"]),
    Call("ptflow_verify", privileges: ["fire", "gateway", "read"]),
  ]

  /// The names of all files that were embedded, in no order that matters.
  public static var embedded: [String] { SQLFiles.all.map(\.name) }

  /// What everything begins with that the owner of the nets does.
  public static var guardScript: SQL { file("pgsql/guard.sql") }

  /// All files as one script; it may be run again on a database that has the engine.
  public static var script: SQL {
    (order.map(file) + [callsSQL]).joined(separator: "\n\n\n")
  }

  /// What the facade is written from.
  private static var callsSQL: SQL {
    let rows = calls.map { call -> SQL in
      let privileges = call.privileges.map { "\(string: $0)" as SQL }
      return """
        (\(string: call.name), ARRAY[\(privileges, separator: ", ")],
         \(string: file(call.file).text))
        """
    }
    return """
      TRUNCATE ptflow.calls;

      INSERT INTO ptflow.calls (name, privileges, definition) VALUES
          \(rows, separator: ",\n");
      """
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
