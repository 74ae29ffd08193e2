/// A function of the facade.
public struct Call: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Who has one of these privileges on any net may call it.
  public let privileges: [String]

  init(_ name: String, privileges: [String]) {
    self.name = name
    self.privileges = privileges
  }

  /// The file that defines it; the line in double braces, if there is one, stands for a branch for each net.
  public var file: String { "pgsql/facade/\(name).sql" }
}
