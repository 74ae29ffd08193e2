import CLibPQ

/// Refuses what is no connection string before libpq takes it for the name of a database.
func checkConnectionString(_ conninfo: String) throws(PostgresError) {
  guard !conninfo.utf8.contains(0) else {
    throw PostgresError(sqlstate: "", message: "the connection string holds a zero byte")
  }
  var reason: UnsafeMutablePointer<CChar>?
  let options = PQconninfoParse(conninfo, &reason)
  defer {
    PQconninfoFree(options)
    PQfreemem(reason)
  }
  guard options == nil else { return }
  let text = reason.map { trimmed(String(cString: $0)) } ?? "out of memory"
  throw PostgresError(
    sqlstate: "", message: "the connection string is wrong: " + withoutConnectionString(text, conninfo),
    hint: "Write postgresql://user@host:port/database, or words such as host=localhost dbname=orders.")
}

/// A message of libpq with the connection string, which may hold a password, taken out.
func withoutConnectionString(_ text: String, _ conninfo: String) -> String {
  guard !conninfo.isEmpty else { return text }
  let parts = text.split(separator: conninfo, omittingEmptySubsequences: false)
  return parts.joined(separator: "…")
}
