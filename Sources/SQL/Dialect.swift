/// The phrases in which database engines differ. All other SQL is written once, in what they have in common.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
  /// PostgreSQL 15 and later.
  case postgres

  /// What stands between the arguments of an inner function and its body: one that is called by an entry alone, under the
  /// rights and the search path that the entry has set.
  public var innerFunction: SQL {
    switch self {
    case .postgres: "LANGUAGE plpgsql"
    }
  }

  /// The same for an entry, which is called with rights that its caller lacks.
  public var entry: SQL {
    switch self {
    case .postgres:
      """
      LANGUAGE plpgsql
      SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp
      """
    }
  }

  /// The same for a function that the owner of a net calls by hand, with the owner's own rights.
  public var functionOfOwner: SQL {
    switch self {
    case .postgres:
      """
      LANGUAGE plpgsql
      SET search_path = pg_catalog, pg_temp
      """
    }
  }

  /// Calls a function for its effect.
  public func perform(_ call: SQL) -> SQL {
    switch self {
    case .postgres: "PERFORM \(call);"
    }
  }

  /// sha-256 of some bytes, as bytes.
  public func sha256(_ bytes: SQL) -> SQL {
    switch self {
    case .postgres: "sha256(\(bytes))"
    }
  }

  /// A text as UTF-8, whatever the server keeps it in.
  public func utf8(_ text: SQL) -> SQL {
    switch self {
    case .postgres: "convert_to(\(text), 'UTF8')"
    }
  }

  /// A time as 8 bytes: microseconds since 2000-01-01 00:00:00 UTC, big-endian.
  public func bytes(ofTime time: SQL) -> SQL {
    switch self {
    case .postgres: "timestamptz_send(\(time))"
    }
  }

  /// The transaction that this is, as such a number, if it has written something.
  public var ownTransaction: SQL {
    switch self {
    case .postgres: "ptflow.numbered(txid_current_if_assigned())"
    }
  }

  /// The first transaction that a statement cannot see, as such a number: it has not ended, or not begun.
  public var nextTransaction: SQL {
    switch self {
    case .postgres: "ptflow.numbered(pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"
    }
  }

  /// The transaction that writes, as a number that grows.
  public var transaction: SQL {
    switch self {
    case .postgres: "ptflow.numbered(txid_current())"
    }
  }
}
