internal import SQL

/// The text whose sha-256, after the hash before it, is the hash of an event. `docs/hash-chain.md` describes it byte by
/// byte; each field is a name of SQL.
///
/// A text is written as its length in characters, a colon, itself and a comma, and an absent one as `:,`; a number in
/// decimal digits and a comma; a time in microseconds since 1970; the marking as PostgreSQL writes an array.
struct HashChain {
  /// The first half: what the caller asked for. Known before the firing.
  static func asked(id: SQL, action: SQL, multiple: SQL, payload: SQL, actor: SQL, key: SQL) -> SQL {
    """
    concat(length(\(id)), ':', \(id), ',', length(\(action)), ':', \(action), ',', \(multiple), ',',
           length(\(payload)), ':', \(payload), ',',
           length(\(actor)), ':', \(actor), ',', length(\(key)), ':', \(key), ',')
    """
  }

  /// The second half: what came of it. Known while firing.
  static func came(seq: SQL, at: SQL, role: SQL, marking: SQL) -> SQL {
    """
    \(seq), ',', \(microseconds(at)), ',',
    length(\(role)), ':', \(role), ',',
    \(marking)
    """
  }

  /// A time as the microseconds since 1970.
  static func microseconds(_ time: SQL) -> SQL {
    "(extract(epoch FROM \(time)) * 1000000)::bigint"
  }

  /// The hash after another hash.
  static func link(_ previous: SQL, _ asked: SQL, _ came: SQL) -> SQL {
    """
    sha256(\(previous) || convert_to(concat(
               \(asked),
               \(came)), 'UTF8'))
    """
  }
}
