import Diagnostics
public import PetriNet

/// A question of a file, with its name.
public struct NamedProperty: Hashable, Sendable {
  /// How it is called; its number where it has no name.
  public let name: String
  /// The property, or why it is none.
  public let property: Result<Property, QueryError>
}

/// Reads a file of questions: a line each, `name: property` or the property alone, with comments after `#`; or the XML of
/// the Model Checking Contest.
///
/// - Parameters:
///   - text: the file.
///   - net: the net.
/// - Returns: each question of the file, in order.
public func namedProperties(_ text: String, of net: Net) -> [NamedProperty] {
  if text.drop(while: \.isWhitespace).first == "<" { return contestProperties(text, of: net) }
  var properties: [NamedProperty] = []
  for line in text.split(whereSeparator: \.isNewline) {
    let line = line.drop(while: \.isWhitespace)
    guard let first = line.first, first != "#" else { continue }
    var (name, words) = ("\(properties.count + 1)", line)
    let head = line.prefix { $0 != ":" }
    if head.endIndex < line.endIndex, !head.contains("'"), !head.contains("\"") {
      name = String(head.reversed().drop(while: \.isWhitespace).reversed())
      words = line[line.index(after: head.endIndex)...]
    }
    let property = Result { () throws(QueryError) in try Property(String(words), of: net) }
    properties.append(NamedProperty(name: name, property: property))
  }
  return properties
}

/// An element of XML.
private final class Element {
  let name: String
  var text = ""
  var children: [Element] = []

  init(_ name: String) { self.name = name }

  func child(_ name: String) -> Element? { children.first { $0.name == name } }
}

private func contestProperties(_ text: String, of net: Net) -> [NamedProperty] {
  elements(text, called: "property").enumerated().map { number, element in
    let name = element.child("id").map { trimmed($0.text) } ?? "\(number + 1)"
    let property = Result { () throws(QueryError) -> Property in
      guard let formula = element.child("formula")?.children.first else {
        throw unknown("a property without a formula")
      }
      return try ContestFormula(net).property(formula)
    }
    return NamedProperty(name: name, property: property)
  }
}

/// The elements of some name, with all that is in them. What is not well formed ends where it cannot be read.
private func elements(_ text: String, called name: String) -> [Element] {
  let root = Element("")
  var open = [root]
  var found: [Element] = []
  var rest = Substring(text)
  while let start = rest.firstIndex(of: "<"), open.count < 500 {
    open[open.count - 1].text += decoded(rest[..<start])
    guard let end = rest[start...].firstIndex(of: ">") else { break }
    let tag = rest[rest.index(after: start)..<end]
    rest = rest[rest.index(after: end)...]
    if tag.hasPrefix("?") || tag.hasPrefix("!") { continue }
    if tag.hasPrefix("/") {
      guard open.count > 1 else { break }
      let closed = open.removeLast()
      if closed.name == name { found.append(closed) }
      continue
    }
    let element = Element(String(tag.prefix { !$0.isWhitespace && $0 != "/" }))
    open[open.count - 1].children.append(element)
    if !tag.hasSuffix("/") { open.append(element) }
  }
  return found
}

private func decoded(_ text: Substring) -> String {
  guard text.contains("&") else { return String(text) }
  return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    .reduce(String(text)) { $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1) }
}

private func trimmed(_ text: String) -> String {
  let start = text.drop(while: \.isWhitespace)
  return String(start.reversed().drop(while: \.isWhitespace).reversed())
}

private func unknown(_ what: String) -> QueryError {
  QueryError(
    message: Diagnostic.Message(
      "the file asks for \(what), which is not read", hint: "CTL, reachability and deadlocks are read"), column: 1)
}

/// The contest's formulas: https://mcc.lip6.fr, "properties manual".
private struct ContestFormula {
  private let places: [String: Int]
  private let transitions: [String: Int]

  init(_ net: Net) {
    places = Dictionary(net.places.enumerated().map { ($1.name, $0) }) { first, _ in first }
    transitions = Dictionary(net.transitions.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  func property(_ element: Element) throws(QueryError) -> Property {
    switch element.name {
    case "negation": return try only(element).opposite
    case "conjunction": return .every(try parts(element))
    case "disjunction": return .some(try parts(element))
    case "implication":
      let parts = try parts(element, 2)
      return .some([parts[0].opposite, parts[1]])
    case "equivalence", "exclusive-disjunction":
      let parts = try parts(element, 2)
      let same = Property.some([.every(parts), .every(parts.map(\.opposite))])
      return element.name == "equivalence" ? same : same.opposite
    case "all-paths", "exists-path": return try runs(element)
    case "deadlock": return .now(.deadlock(true))
    case "true": return .always
    case "false": return Property.always.opposite
    case "is-fireable":
      var queries: [Query] = []
      for child in element.children { queries.append(.enabled(try index(child, in: transitions), true)) }
      return .now(queries.count == 1 ? queries[0] : .any(queries))
    case "integer-le", "integer-lt", "integer-ge", "integer-gt", "integer-eq", "integer-ne":
      return .now(try comparison(element))
    default: throw unknown("\"\(element.name)\"")
    }
  }

  private func parts(_ element: Element, _ count: Int? = nil) throws(QueryError) -> [Property] {
    var parts: [Property] = []
    for child in element.children { parts.append(try property(child)) }
    guard parts.count == count ?? parts.count else { throw unknown("\"\(element.name)\" of \(parts.count) parts") }
    return parts
  }

  private func only(_ element: Element) throws(QueryError) -> Property { try parts(element, 1)[0] }

  private func runs(_ element: Element) throws(QueryError) -> Property {
    guard element.children.count == 1 else { throw unknown("\"\(element.name)\" without a part") }
    let (isAll, inner) = (element.name == "all-paths", element.children[0])
    switch inner.name {
    case "finally": return isAll ? .inevitably(try only(inner)) : .possibly(try only(inner))
    case "globally": return isAll ? .invariantly(try only(inner)) : .existsGlobally(try only(inner))
    case "next": return isAll ? .next(try only(inner)) : .existsNext(try only(inner))
    case "until":
      guard let before = inner.child("before"), let reach = inner.child("reach") else { throw unknown("\"until\"") }
      let (first, second) = (try only(before), try only(reach))
      return isAll ? .until(first, second) : .existsUntil(first, second)
    default: throw unknown("\"\(inner.name)\" on paths")
    }
  }

  private func comparison(_ element: Element) throws(QueryError) -> Query {
    guard element.children.count == 2 else { throw unknown("\"\(element.name)\"") }
    let (left, right) = (try sum(element.children[0]), try sum(element.children[1]))
    guard let difference = left.adding(right, times: -1) else { throw unknown("a number beyond 64 bits") }
    let comparisons: [String: Query.Comparison] = [
      "integer-le": .atMost, "integer-lt": .less, "integer-ge": .atLeast, "integer-gt": .greater,
      "integer-eq": .equal, "integer-ne": .different,
    ]
    return .compare(difference, comparisons[element.name] ?? .equal)
  }

  private func sum(_ element: Element) throws(QueryError) -> TokenSum {
    switch element.name {
    case "integer-constant":
      guard let number = Int(trimmed(element.text)) else { throw unknown("the number \"\(trimmed(element.text))\"") }
      return TokenSum(number)
    case "tokens-count":
      var sum = TokenSum(0)
      for child in element.children {
        guard let more = sum.adding(TokenSum(place: try index(child, in: places)), times: 1) else {
          throw unknown("a number beyond 64 bits")
        }
        sum = more
      }
      return sum
    default: throw unknown("\"\(element.name)\"")
    }
  }

  private func index(_ element: Element, in names: [String: Int]) throws(QueryError) -> Int {
    let name = trimmed(element.text)
    guard let index = names[name] else { throw unknown("\"\(name)\", which the net does not have") }
    return index
  }
}
