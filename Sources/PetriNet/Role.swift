public import Diagnostics

/// A role: a name under which transitions are fired. The database decides who holds it.
public struct Role: Hashable, Sendable {
  /// The role of the transitions that name none.
  public static let `default` = "default"
  /// The net's administrator, who may fire all.
  public static let all = "*"

  /// The role's own name.
  public var name: String
  /// Whether it may create instances. When no role of a net may, whoever may fire something may.
  public var mayCreate: Bool
  /// Whether it may destroy instances.
  public var mayDestroy: Bool
  /// Where it was declared.
  public var location: SourceLocation

  /// A role.
  public init(
    _ name: String, mayCreate: Bool = false, mayDestroy: Bool = false, location: SourceLocation = .unknown
  ) {
    self.name = name
    self.mayCreate = mayCreate
    self.mayDestroy = mayDestroy
    self.location = location
  }
}
