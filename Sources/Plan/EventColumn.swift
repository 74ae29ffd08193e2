/// The columns of a net's log, in the order of the table: those of fixed width first, so that none is padded.
public enum EventColumn: String, CaseIterable, Sendable {
  case seq, txid, at, version, id, action, actor, role, marking, payload, hash

  /// What a column holds.
  public enum Content: Sendable {
    case number, transaction, time, version, name, marking, json, hash
  }

  /// What it holds.
  public var content: Content {
    switch self {
    case .seq: .number
    case .txid: .transaction
    case .at: .time
    case .version: .version
    case .id, .action, .actor, .role: .name
    case .marking: .marking
    case .payload: .json
    case .hash: .hash
    }
  }

  /// What it is, for whoever reads the table.
  public var meaning: String {
    switch self {
    case .seq: "Which event of its instance it is. 0 is the beginning."
    case .txid: "The transaction that wrote it, or the event before it where that is later. Feeds go by it."
    case .at: "When it happened: never before the event before it."
    case .version: "The version of the net that the instance runs."
    case .id: "The instance."
    case .action: "The transition that fired; empty for the beginning."
    case .actor: "The role of the database that fired it."
    case .role: "The role of the net under which it was fired."
    case .marking: "The tokens after the event, in the order of places.number."
    case .payload: "What the caller sent along."
    case .hash: "sha-256 over the hash before it and what this row says: docs/hash-chain.md."
    }
  }
}

/// The columns of what only some events have.
public enum DetailColumn: String, CaseIterable, Sendable {
  case seq, multiple, id, key

  /// What it holds.
  public var content: EventColumn.Content {
    switch self {
    case .seq, .multiple: .number
    case .id, .key: .name
    }
  }

  /// What it is, for whoever reads the table.
  public var meaning: String {
    switch self {
    case .seq: "The event."
    case .multiple: "How many firings in a row it is."
    case .id: "The instance."
    case .key: "The caller's own name for it. A retry gets the first answer again."
    }
  }
}
