import Installer
import Postgres

/// Refuses a database in which nothing is installed, in better words than that a function is missing.
func demandEngine(_ connection: borrowing Connection) throws {
  guard try Catalogue.read(of: connection, { catalogue, _ in catalogue.facade }) == nil else { return }
  throw PostgresError(
    severity: "ERROR", sqlstate: "PT404", message: "no net is installed in this database",
    hint: "Install one: ptflow install FILE")
}
