internal import PetriNet
internal import Plan
internal import SQL

/// The bytes of which the hashes are taken, encoding 1. `docs/hash-chain.md` describes them byte by byte.
extension Renderer {
  /// The hash before an instance's beginning: it binds the chain to the net, its version and the instance.
  func rootHash(digest: SQL, id: SQL) -> SQL {
    let net = plan.net.name
    let opening = "ptflow 1,\(net.unicodeScalars.count):\(net),64:"
    return dialect.sha256(dialect.utf8("concat(\(string: opening), \(digest), ',', length(\(id)), ':', \(id), ',')"))
  }

  /// The hash of an event, after another hash.
  ///
  /// - Parameters:
  ///   - previous: the hash before it.
  ///   - at: its time, as bytes.
  ///   - details: what `details` gives of it.
  /// - Returns: an expression of type bytea.
  func hash(after previous: SQL, at: SQL, details: SQL) -> SQL {
    dialect.sha256(
      """
      \(previous) || \(at)
      || \(details)
      """)
  }

  /// The sha-256 of a text.
  func hash(of text: SQL) -> SQL { dialect.sha256(dialect.utf8(text)) }

  /// What is hashed of an event beside the hash before it and its time: the hash of its payload, and its words.
  ///
  /// - Parameters:
  ///   - payloadHash: the sha-256 of the payload, as PostgreSQL prints it.
  ///   - multiple: how many firings; nil for a plain event: one, without a key.
  ///   - keyHash: the sha-256 of the caller's own name for it, or NULL.
  ///   - action: the transition; empty for the beginning.
  ///   - role: the role of the net under which it was fired.
  ///   - actor: the role of the database that fired it.
  /// - Returns: an expression of type bytea.
  func details(payloadHash: SQL, multiple: SQL?, keyHash: SQL, action: SQL, role: SQL, actor: SQL) -> SQL {
    let fields: SQL = "length(\(action)), \(action), length(\(role)), \(role), \(actor)"
    let words: SQL
    if let multiple {
      let digest: SQL = "'64:' || encode(\(keyHash), 'hex')"
      words = """
        format('%s,%s,%s:%s,%s:%s,%s', \(multiple), coalesce(\(digest), ':'),
               \(fields))
        """
    } else {
      words = "format('1,:,%s:%s,%s:%s,%s', \(fields))"
    }
    return "\(payloadHash)\n|| \(dialect.utf8(words))"
  }
}
