public import Postgres

/// A right on a net that a role of the database has.
public struct InstalledGrant: Hashable, Sendable {
  /// How somebody comes by a right.
  public enum Way: String, Hashable, Sendable {
    /// It was granted to it.
    case grant
    /// It is a member of a role that it was granted to, and inherits it.
    case member
    /// It may become a role that it was granted to, by SET ROLE.
    case setRole = "set role"
  }

  /// The net.
  public let net: String
  /// `fire`, `read` or `gateway`.
  public let privilege: String
  /// The net's role, for `fire`; empty otherwise.
  public let role: String
  /// The role of the database.
  public let member: String
  /// How it comes by the right.
  public let way: Way
  /// The role of the database that it was granted to.
  public let grantedTo: String
}

extension Catalogue {
  /// Who has which right on which net in fact, superusers apart, by net.
  ///
  /// - Throws: what the database said.
  public func grants(_ connection: borrowing Connection) throws(PostgresError) -> [InstalledGrant] {
    guard facade != nil else { return [] }
    return try connection.query(
      """
      SELECT h.net, h.privilege, h.role, pg_get_userbyid(h.member) AS member, h.way,
             pg_get_userbyid(h.granted_to) AS granted_to
        FROM ptflow.holders AS h
       ORDER BY h.net, h.privilege, h.role, h.way <> 'grant', 4, 6
      """
    ).map { row in
      InstalledGrant(
        net: row["net"] ?? "", privilege: row["privilege"] ?? "", role: row["role"] ?? "", member: row["member"] ?? "",
        way: row["way"].flatMap { InstalledGrant.Way(rawValue: $0) } ?? .grant, grantedTo: row["granted_to"] ?? "")
    }
  }

  /// The superusers, who have all rights on all nets.
  ///
  /// - Throws: what the database said.
  public func superusers(_ connection: borrowing Connection) throws(PostgresError) -> [String] {
    try connection.query("SELECT r.rolname FROM pg_roles AS r WHERE r.rolsuper ORDER BY 1").compactMap { $0[0] }
  }
}
