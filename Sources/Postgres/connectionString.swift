import CLibPQ

/// Refuses what is no connection string before libpq takes it for the name of a database.
///
/// libpq says what is wrong by quoting a piece of the string. Where the string is malformed, any piece may be one of a
/// password, so nothing of what it quotes is repeated.
func checkConnectionString(_ conninfo: String) throws(PostgresError) {
  guard !conninfo.utf8.contains(0) else { throw .malformed("it holds a zero byte") }
  var reason: UnsafeMutablePointer<CChar>?
  let options = PQconninfoParse(conninfo, &reason)
  defer {
    PQconninfoFree(options)
    PQfreemem(reason)
  }
  guard options == nil else { return }
  guard let reason else { throw .outOfMemory }
  throw .malformed(fault(String(cString: reason)))
}

/// What is wrong with a connection string, told by how libpq's message begins.
private func fault(_ message: String) -> String {
  let faults = [
    ("missing \"=\" after", "a key has no = and no value"),
    ("unterminated quoted string", "a quote is not closed"),
    ("invalid connection option", "it has a key that libpq does not know"),
    ("invalid URI query parameter", "the query of the URL has a key that libpq does not know"),
    ("invalid percent-encoded token", "a % is not followed by two hexadecimal digits; write % itself as %25"),
    ("forbidden value %00", "it holds %00, a zero byte"),
    ("unexpected spaces", "the URL has spaces in it; write a space as %20"),
    ("end of string reached when looking for matching \"]\"", "the [ of an IPv6 address is not closed"),
    ("IPv6 host address may not be empty", "an IPv6 address is empty"),
    ("unexpected character", "after an IPv6 address stands neither : nor /"),
    ("extra key/value separator", "the query of the URL has two = in a pair"),
    ("missing key/value separator", "the query of the URL has a key without ="),
    ("definition of service", "the service that it names is not defined"),
    ("service file", "there is no service file"),
    ("syntax error in service file", "the service file has a syntax error"),
  ]
  return faults.first { message.hasPrefix($0.0) }?.1 ?? "libpq cannot read it"
}

extension PostgresError {
  fileprivate static func malformed(_ fault: String) -> PostgresError {
    PostgresError(
      sqlstate: "", message: "the connection string is wrong: \(fault)",
      hint: "Write postgresql://user@host:port/database, or words such as host=localhost dbname=orders.")
  }
}
