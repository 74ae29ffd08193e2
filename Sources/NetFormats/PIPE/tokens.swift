import Diagnostics

extension PIPEReader {
  /// The number of tokens that a label says: `2`, or `Default,2`, or a number for each of several colours.
  ///
  /// Tokens of all colours are added up, which is right when only one is used; when more are, the net is refused.
  mutating func tokens(
    in label: XMLElement?, _ what: @autoclosure () -> String, least: Int, default: Int
  ) -> Int {
    guard let label, let text = label.label else { return `default` }
    let location = document.textLocation(of: label.labelElement)
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
    guard parts.count > 1 else {
      let errors = findings.all.count
      let count = findings.wholeNumber(text, what(), least: least, at: location)
      if findings.all.count == errors { use("Default", count, at: location) }
      return count
    }
    guard parts.count.isMultiple(of: 2) else {
      findings.error(.notPairs(what(), text), at: location)
      return least
    }
    var sum = 0
    var isWrong = false
    for index in stride(from: 0, to: parts.count, by: 2) {
      let errors = findings.all.count
      let count = findings.wholeNumber(parts[index + 1], what(), least: 0, at: location)
      isWrong = isWrong || findings.all.count > errors
      use(parts[index], count, at: location)
      let (total, overflow) = sum.addingReportingOverflow(count)
      if overflow, !isWrong { findings.error(.tooLarge(what(), text), at: location) }
      isWrong = isWrong || overflow
      sum = overflow ? Int.max : total
    }
    guard !isWrong else { return max(sum, least) }
    return findings.wholeNumber("\(sum)", what(), least: least, at: location)
  }

  private mutating func use(_ colour: String, _ count: Int, at location: SourceLocation) {
    guard count > 0, colourNames.insert(colour).inserted else { return }
    colours.append(Name(id: colour, location: location))
  }
}

extension Diagnostic.Message {
  fileprivate static func notPairs(_ what: String, _ text: String) -> Self {
    Self("\(what) is \(quoted(text))", hint: "write a number, or colours and numbers in turn: Default,1")
  }
}
