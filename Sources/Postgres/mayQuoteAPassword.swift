import CLibPQ

/// Whether a message on a failed connection may quote a piece of a password.
///
/// A password that is not percent-encoded ends early in a URL where it has `@` or `/`, and libpq takes its rest for a
/// host, a port or a database, which it and the server quote.
///
/// - Parameter conninfo: a connection string that libpq can read.
/// - Returns: false when every value looks like what it is taken for.
func mayQuoteAPassword(_ conninfo: String) -> Bool {
  guard let options = PQconninfoParse(conninfo, nil) else { return true }
  defer { PQconninfoFree(options) }
  var option = options
  while let keyword = option.pointee.keyword {
    let value = option.pointee.val.map { String(cString: $0) } ?? ""
    if looksMisread(value, as: String(cString: keyword)) { return true }
    option += 1
  }
  return false
}

/// Whether a value looks like the rest of a password, or like a connection string of its own.
private func looksMisread(_ value: String, as keyword: String) -> Bool {
  switch keyword {
  case "port": !value.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || $0 == "," }
  case "host", "hostaddr", "dbname": value.contains("@") || value.contains("://") || value.contains("password=")
  // A user may have an @ in the name, as with Azure.
  case "user": value.contains("@") && value.contains(":")
  default: false
  }
}
