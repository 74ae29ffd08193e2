public import Diagnostics

/// A transition: what may happen, and who may do it.
public struct Transition: Hashable, Sendable {
  /// The transition's own name; any text that is not empty. In SQL it is the *action*.
  public var name: String
  /// The roles that may fire it, in the order of the file. With none it belongs to the role `default`.
  public var roles: [String]
  /// What its payload has to be; nil where it may be anything.
  public var payload: PayloadRule?
  /// What has to be true besides; nil where nothing has.
  public var when: Guard?
  /// What its author says about it: prose, and no part of what the net does.
  public var about: String?
  /// Where it was drawn.
  public var position: Position?
  /// Where it was declared.
  public var location: SourceLocation

  /// A transition.
  public init(
    _ name: String, roles: [String] = [], payload: PayloadRule? = nil, when: Guard? = nil, about: String? = nil,
    position: Position? = nil, location: SourceLocation = .unknown
  ) {
    self.name = name
    self.roles = roles
    self.payload = payload
    self.when = when
    self.about = about
    self.position = position
    self.location = location
  }
}
