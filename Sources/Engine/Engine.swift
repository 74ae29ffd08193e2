public import SQL

/// The static SQL that all nets share: the files of the folders `sql` and `pgsql`.
public enum Engine {
  /// The version of the engine's tables and functions; `pgsql/guard.sql` compares it.
  public static let version = 1

  /// The files in the order in which they are installed. The order is written here, by hand, and nowhere else.
  public static let order = [
    "pgsql/guard.sql",
    "sql/schema.sql",
    "sql/engine.sql",
    "sql/nets.sql",
    "sql/net_versions.sql",
    "sql/roles.sql",
    "sql/grants.sql",
    "sql/position.sql",
    "sql/batch.sql",
    "pgsql/refuse.sql",
    "pgsql/refuse_null.sql",
    "pgsql/refuse_arguments.sql",
    "pgsql/refuse_id.sql",
    "pgsql/refuse_net.sql",
    "pgsql/refuse_instance.sql",
    "pgsql/refuse_action.sql",
    "pgsql/refuse_as_of.sql",
    "pgsql/refuse_limit.sql",
    "pgsql/refuse_expected.sql",
    "pgsql/refuse_firing.sql",
    "pgsql/refuse_key.sql",
    "pgsql/refuse_busy.sql",
    "pgsql/refuse_role.sql",
    "pgsql/refuse_events.sql",
    "pgsql/refuse_change.sql",
    "pgsql/demand_writing.sql",
    "pgsql/claimed_roles.sql",
    "pgsql/claimed_role.sql",
    "pgsql/held.sql",
    "pgsql/may_create.sql",
    "pgsql/demand_create.sql",
    "pgsql/demand_read.sql",
    "pgsql/obstacles.sql",
    "pgsql/batches.sql",
    "pgsql/seal.sql",
    "pgsql/sync_privileges.sql",
    "pgsql/add_grant.sql",
    "pgsql/remove_grant.sql",
    "pgsql/decision.sql",
    "pgsql/refresh_facade.sql",
    "pgsql/drop_net.sql",
    "pgsql/uninstall.sql",
  ]

  /// The names of all files that were embedded, in no order that matters.
  public static var embedded: [String] { SQLFiles.all.map(\.name) }

  /// All files as one script; it may be run again on a database that has the engine.
  public static var script: SQL {
    let texts = Dictionary(uniqueKeysWithValues: SQLFiles.all.map { ($0.name, $0.text) })
    return order.compactMap { name in
      texts[name].map { SQL(verbatim: trimmed($0)) }
    }.joined(separator: "\n\n\n")
  }

  /// A text without the empty lines at its end.
  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
