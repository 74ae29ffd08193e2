import Diagnostics

/// A count of tokens as it stands in a file.
enum WholeNumber {
  case number(Int)
  case negative
  case tooLarge
  case notANumber

  /// Reads digits, and nothing else: `1.0`, `1e3` and `0x1` are no counts.
  init(_ text: String) {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      self = .notANumber
      return
    }
    guard let number = Int(text) else {
      self = digits.count == text.utf8.count ? .tooLarge : .negative
      return
    }
    self = number < 0 ? .negative : .number(number)
  }
}

extension Findings {
  /// The number that a text says, or the least there may be when it says none that will do, which is then told.
  ///
  /// It is told under the words of `what`.
  mutating func wholeNumber(
    _ text: String, _ what: @autoclosure () -> String, least: Int, at location: @autoclosure () -> SourceLocation
  ) -> Int {
    switch WholeNumber(text) {
    case .number(let number) where number >= least: return number
    case .number, .negative: error(.tooSmall(what(), text, least), at: location())
    case .tooLarge: error(.tooLarge(what(), text), at: location())
    case .notANumber: error(.notANumber(what(), text, least), at: location())
    }
    return least
  }

  /// The number in the text of an element; the default when there is no element, or no text in it.
  mutating func wholeNumber(
    in element: XMLElement?, _ what: @autoclosure () -> String, least: Int, default: Int, _ document: XMLDocument
  ) -> Int {
    guard let element, let text = element.words else { return `default` }
    return wholeNumber(text, what(), least: least, at: document.textLocation(of: element))
  }
}

extension Diagnostic.Message {
  fileprivate static func notANumber(_ what: String, _ text: String, _ least: Int) -> Self {
    Self("\(what) is \(quoted(text)), which is not a whole number", hint: "write a number in digits, at least \(least)")
  }

  fileprivate static func tooSmall(_ what: String, _ text: String, _ least: Int) -> Self {
    Self("\(what) is \(clipped(text))", hint: "it is at least \(least)")
  }

  static func tooLarge(_ what: String, _ text: String) -> Self {
    Self("\(what) is \(clipped(text)), which is more than 64 bits hold", hint: "it is at most \(Int.max)")
  }
}
