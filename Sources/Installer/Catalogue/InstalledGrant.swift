public import Postgres

/// A privilege on a net that a role of the database has.
public struct InstalledGrant: Hashable, Sendable {
  /// The net.
  public let net: String
  /// `fire`, `read` or `gateway`.
  public let privilege: String
  /// The net's role, for `fire`; empty otherwise.
  public let role: String
  /// The role of the database.
  public let member: String
}

extension Catalogue {
  /// All privileges on all nets, by net.
  ///
  /// - Throws: what the database said.
  public func grants(_ connection: borrowing Connection) throws(PostgresError) -> [InstalledGrant] {
    guard facade != nil else { return [] }
    return try connection.query(
      """
      SELECT g.net, g.privilege, g.role, CASE g.member WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.member) END AS member
        FROM ptflow.grants AS g
       ORDER BY g.net, g.privilege, g.role, 4
      """
    ).map { row in
      InstalledGrant(
        net: row["net"] ?? "", privilege: row["privilege"] ?? "", role: row["role"] ?? "", member: row["member"] ?? "")
    }
  }
}
