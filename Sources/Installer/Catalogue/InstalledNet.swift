/// A net as a database's catalogue knows it.
public struct InstalledNet: Hashable, Sendable, Codable {
  /// Its name.
  public let net: String
  /// The schema that holds it.
  public let schema: String
  /// The version in force; the first is 1.
  public let version: Int
  /// sha-256 of its canonical form, in hexadecimal digits.
  public let digest: String
  /// The file that it was compiled from.
  public let file: String
  /// How many places it has.
  public let places: Int
  /// How many transitions it has.
  public let transitions: Int
  /// How many instances it has.
  public let instances: Int
  /// Who installed the version in force.
  public let installedBy: String
  /// When, as PostgreSQL writes a time.
  public let installedAt: String
}
