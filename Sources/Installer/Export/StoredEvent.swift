internal import Postgres

/// An event as it is exported.
public struct StoredEvent: Hashable, Sendable {
  /// The net.
  public let net: String
  /// The instance.
  public let id: String
  /// Which event of the instance; 0 is the beginning, which fires nothing.
  public let seq: Int
  /// The transition; empty for the beginning.
  public let action: String
  /// How many firings in a row.
  public let multiple: Int
  /// What the caller sent along, as JSON.
  public let payload: String
  /// The tokens after the event, as JSON, by place.
  public let state: String
  /// The role of the database that fired.
  public let actor: String
  /// The role of the net under which it was fired.
  public let role: String
  /// The caller's own name for it.
  public let key: String?
  /// When, in ISO 8601 with an offset.
  public let at: String
  /// The hash, in hexadecimal digits.
  public let hash: String

  init(_ row: Row, net: String) {
    self.net = net
    id = row["id"] ?? ""
    seq = row.integer("seq")
    action = row["action"] ?? ""
    multiple = row.integer("multiple")
    payload = row["payload"] ?? "null"
    state = row["state"] ?? "{}"
    actor = row["actor"] ?? ""
    role = row["role"] ?? ""
    key = row["key"]
    at = row["at"] ?? ""
    hash = row["hash"] ?? ""
  }
}
