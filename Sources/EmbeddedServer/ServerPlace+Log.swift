extension ServerPlace {
  /// How long the log is, to tell later what is new in it.
  var logSize: Int { FileFacts(log)?.size ?? 0 }

  /// The last lines of the log, of those that were written since it had a certain size.
  func logTail(from start: Int) -> String {
    let text = readFile(log, last: 4096, from: start) ?? ""
    return text.split(separator: "\n").suffix(12).joined(separator: "\n")
  }
}
