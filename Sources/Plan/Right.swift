/// What a role of the database can be granted on a net.
public enum Privilege: String, Hashable, Sendable, CaseIterable {
  /// To fire the transitions of a role of the net.
  case fire
  /// To call the reading functions.
  case read
  /// To name the roles that it acts for.
  case gateway
}

/// A thing that can be granted, and the type that stands for it.
///
/// Whoever has the privilege USAGE on the type has the right. PostgreSQL gives that privilege to none of its predefined
/// roles, and has no statement that grants it on all types of a schema, so nobody has it who was not meant to.
public struct Right: Hashable, Sendable {
  /// What it allows.
  public let privilege: Privilege
  /// The net's role, for `fire`; nil otherwise.
  public let role: String?
  /// The type's name.
  public let type: String
}
