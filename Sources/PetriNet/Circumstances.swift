public import JSON

/// What is known of a firing beside its transition, how often it fires, and the tokens.
public struct Circumstances: Hashable, Sendable {
  /// What the caller sends along.
  public var payload: Document
  /// When it happens, in nanoseconds since 1970-01-01 00:00:00 UTC.
  public var now: Int128
  /// The role of the database that calls.
  public var actor: String
  /// The role of the net under which it is fired.
  public var role: String
  /// The instance.
  public var id: String
  /// The instance's last event.
  public var seq: Int

  /// What is known of a firing.
  public init(payload: Document, now: Int128, actor: String, role: String, id: String, seq: Int) {
    self.payload = payload
    self.now = now
    self.actor = actor
    self.role = role
    self.id = id
    self.seq = seq
  }
}
