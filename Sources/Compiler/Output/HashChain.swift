internal import SQL

/// The text whose sha-256, after the hash before it, is the hash of an event. `docs/hash-chain.md` describes it byte by
/// byte; each field is a name of SQL.
///
/// A text is written as its length in characters, a colon, itself and a comma, and an absent one as `:,`; a number in
/// decimal digits and a comma; a time in microseconds since 1970; the marking as PostgreSQL writes an array.
struct HashChain {
  /// The hash of an event whose action is known, after another hash.
  static func link(
    _ previous: SQL, id: SQL, action: String, multiple: SQL, payload: SQL, actor: SQL, key: SQL, seq: SQL, at: SQL,
    role: SQL, marking: SQL
  ) -> SQL {
    let known = inFormat("\(action.unicodeScalars.count):\(action)")
    return """
      sha256(\(previous) || convert_to(format(
                 \(string: "%s:%s,\(known),%s,%s:%s,%s:%s,%s:%s,%s,%s,%s:%s,%s"),
                 length(\(id)), \(id), \(multiple), length(\(payload)), \(payload),
                 length(\(actor)), \(actor), length(\(key)), \(key),
                 \(seq), \(microseconds(at)), length(\(role)), \(role),
                 \(marking)), 'UTF8'))
      """
  }

  /// The hash of an event of any action, after another hash.
  static func link(
    _ previous: SQL, id: SQL, action: SQL, multiple: SQL, payload: SQL, actor: SQL, key: SQL, seq: SQL, at: SQL,
    role: SQL, marking: SQL
  ) -> SQL {
    let words = words(
      id: id, action: action, multiple: multiple, payload: payload, actor: actor, key: key, seq: seq, at: at,
      role: role, marking: marking)
    return "sha256(\(previous) || \(words))"
  }

  /// What is hashed of an event of any action, after the hash before it: bytes.
  static func words(
    id: SQL, action: SQL, multiple: SQL, payload: SQL, actor: SQL, key: SQL, seq: SQL, at: SQL, role: SQL, marking: SQL
  ) -> SQL {
    """
    convert_to(format(
               '%s:%s,%s:%s,%s,%s:%s,%s:%s,%s:%s,%s,%s,%s:%s,%s',
               length(\(id)), \(id), length(\(action)), \(action), \(multiple), length(\(payload)), \(payload),
               length(\(actor)), \(actor), length(\(key)), \(key),
               \(seq), \(microseconds(at)), length(\(role)), \(role),
               \(marking)), 'UTF8')
    """
  }

  /// A time as the microseconds since 1970.
  static func microseconds(_ time: SQL) -> SQL {
    "(extract(epoch FROM \(time)) * 1000000)::bigint"
  }
}
