internal import Engine
public import Postgres
internal import SQL

/// Asks the guard: locks the catalogue for this transaction, and refuses a schema `ptflow` that is another role's. Nothing of
/// the catalogue is read, and no function of it is called, before that.
///
/// - Parameter connection: a session in a transaction.
/// - Throws: what the database said.
public func demandOurs(_ connection: borrowing Connection) throws(PostgresError) {
  try connection.execute(scriptSettings.text)
  try connection.execute(Engine.guardScript.text)
}
