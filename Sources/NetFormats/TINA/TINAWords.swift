import Diagnostics

extension TINAReader {
  /// The end of an arc, as the line of its other end names it.
  struct End {
    let name: String
    var kind = DraftArc.Kind.normal
    var weight = 1
    let location: SourceLocation
  }

  /// Whether a name comes next.
  var nextIsName: Bool {
    mutating get {
      cursor.takeAll(\.isBlank)
      return cursor.next.map { $0.isInName || $0 == UInt8(ascii: "{") } ?? false
    }
  }

  /// A name: letters, digits, _ and ', or any characters in braces, of which a backslash escapes three.
  mutating func name() throws(Diagnostic) -> String {
    cursor.takeAll(\.isBlank)
    let location = cursor.location
    guard cursor.take("{") else {
      let name = cursor.takeAll(\.isInName)
      if name.isEmpty { throw Diagnostic(.error, .noName, at: location) }
      return name
    }
    var name: [UInt8] = []
    while let byte = cursor.next {
      cursor.advance()
      switch byte {
      case UInt8(ascii: "}"): return String(decoding: name, as: UTF8.self)
      case UInt8(ascii: "\\"):
        if let escaped = cursor.next { name.append(escaped) }
        cursor.advance()
      default: name.append(byte)
      }
    }
    throw Diagnostic(.error, .openBrace, at: location)
  }

  /// The next end of an arc: `p`, `p*2`, `p?2` (read) or `p?-2` (inhibitor); nil when there is none.
  mutating func end(ofOutput isOutput: Bool) throws(Diagnostic) -> End? {
    guard nextIsName else { return nil }
    let start = cursor.location
    var end = End(name: try name(), location: start)
    let location = cursor.location
    if cursor.take("*") {
      end.weight = number("the weight of this arc", least: 1)
    } else if cursor.take("?") {
      end.kind = cursor.take("-") ? .inhibitor : .read
      end.weight = number("the weight of this arc", least: 1)
    } else if cursor.take("!") {
      throw Diagnostic(.error, .stopwatch, at: location)
    }
    guard end.kind == .normal || !isOutput else { throw Diagnostic(.error, .notTaking(end.kind), at: location) }
    return end
  }

  /// A number, which K or M at its end multiplies by a thousand or a million.
  mutating func number(_ what: @autoclosure () -> String, least: Int) -> Int {
    let location = cursor.location
    let digits = cursor.takeAll { !$0.isXMLSpace && $0 != UInt8(ascii: ")") }
    let unit = digits.hasSuffix("K") ? 1000 : digits.hasSuffix("M") ? 1_000_000 : 1
    let plain = unit == 1 ? digits : String(digits.dropLast())
    let errors = findings.all.count
    let number = findings.wholeNumber(plain, what(), least: least, at: location)
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    guard overflow else { return findings.all.count == errors ? product : least }
    findings.error(.tooLarge(what(), digits), at: location)
    return least
  }
}

extension UInt8 {
  /// Whether it can stand in a name without braces.
  fileprivate var isInName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "'"):
      true
    default: false
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noName = Self(
    "here a name is missing", hint: "write one with other characters than A-Z, 0-9, _ and ' in { }")

  fileprivate static let openBrace = Self("this { is not closed", hint: "write } at the end of the name")

  fileprivate static let stopwatch = Self(
    "stopwatch arcs stop the time of a transition; time is not supported", hint: "remove the arc")

  fileprivate static func notTaking(_ kind: DraftArc.Kind) -> Self {
    Self(
      "\(kind == .inhibitor ? "an inhibitor" : "a \(kind.rawValue)") arc goes from a place to a transition",
      hint: "write it before the -> of a tr line, or after the -> of a pl line")
  }
}
