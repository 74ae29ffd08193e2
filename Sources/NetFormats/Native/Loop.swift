import Diagnostics

/// What `for` says: the values that variables take, one combination after the other.
///
/// A map combines each value of each variable with each of the others. A list of maps does so one map after the other.
struct Loop {
  /// A value of each variable.
  typealias Values = [String: String]

  /// A variable and the values that it takes.
  fileprivate typealias Variable = (name: String, values: [String])

  /// The variables.
  let variables: [String]
  private let cases: [[Variable]]

  /// No variables, and so one combination, of nothing.
  static let once = Loop(variables: [], cases: [[]])

  /// More combinations than this are written by nobody.
  static let mostCombinations = 100_000

  fileprivate init(variables: [String], cases: [[Variable]]) {
    (self.variables, self.cases) = (variables, cases)
  }

  /// All combinations, those of the variables at the end changing first.
  var combinations: [Values] { combinations(of: variables) }

  /// The combinations of some of the variables, each once.
  func combinations(of chosen: [String]) -> [Values] {
    var all: [Values] = []
    var seen: Set<Values> = []
    for variables in cases {
      var combined: [Values] = [[:]]
      for variable in variables where chosen.contains(variable.name) {
        combined = combined.flatMap { values in
          variable.values.map { value in values.merging([variable.name: value]) { _, new in new } }
        }
      }
      // One map gives each combination once already.
      all += cases.count == 1 ? combined : combined.filter { seen.insert($0).inserted }
    }
    return all
  }
}

extension NativeReader {
  /// The loop that `for` means, inside of another one; nil, which is told, when it is wrong.
  mutating func loop(in node: YAMLNode?, inside outer: Loop) -> Loop? {
    guard let node else { return .once }
    var cases: [[Loop.Variable]?] = []
    switch node.value {
    case .mapping: cases = [variables(in: node, inside: outer)]
    case .sequence(let nodes) where !nodes.isEmpty:
      for node in nodes {
        guard case .mapping = node.value else {
          findings.error(.noCase(node.kind), at: document.location(of: node))
          return nil
        }
        cases.append(variables(in: node, inside: outer))
      }
    default:
      findings.error(.noLoop(node.kind), at: document.location(of: node))
      return nil
    }
    let sound = cases.compactMap(\.self)
    guard sound.count == cases.count else { return nil }
    let names = sound[0].map(\.name)
    for (index, variables) in sound.enumerated() where Set(variables.map(\.name)) != Set(names) {
      guard case .sequence(let nodes) = node.value else { break }
      findings.error(.otherVariables(names), at: document.location(of: nodes[index]))
      return nil
    }
    var count = 0
    for variables in sound {
      let product = variables.reduce(1) { product, variable in
        min(product, Loop.mostCombinations + 1) * min(variable.values.count, Loop.mostCombinations + 1)
      }
      count = min(count + product, .max / 2)
    }
    guard count <= Loop.mostCombinations else {
      findings.error(.tooMany(count), at: document.location(of: node))
      return nil
    }
    return Loop(variables: names, cases: sound)
  }

  /// The variables of a map; nil, which is told, when one of them is wrong.
  private mutating func variables(in node: YAMLNode, inside outer: Loop) -> [Loop.Variable]? {
    let variables = node.members.map { member -> Loop.Variable? in
      let name = member.key.text
      guard isVariable(name) else {
        findings.error(.noVariable(name), at: document.location(of: member))
        return nil
      }
      if outer.variables.contains(name) { findings.error(.taken(name), at: document.location(of: member)) }
      let values = values(of: name, in: member.node)
      return values.isEmpty ? nil : (name, values)
    }
    let sound = variables.compactMap(\.self)
    return sound.count == variables.count ? sound : nil
  }

  /// A value, a list of them, or a range of numbers, `1..9`.
  private mutating func values(of variable: String, in node: YAMLNode) -> [String] {
    switch node.value {
    case .scalar(let scalar):
      if scalar.isPlain, let range = range(scalar.text, at: document.location(of: node)) { return range }
      return value(of: variable, node).map { [$0] } ?? []
    case .sequence(let nodes) where !nodes.isEmpty:
      return nodes.compactMap { value(of: variable, $0) }
    case .sequence, .mapping:
      findings.error(.noValues(variable, node.kind), at: document.location(of: node))
      return []
    }
  }

  private mutating func value(of variable: String, _ node: YAMLNode) -> String? {
    let location = document.location(of: node)
    guard case .scalar(let scalar) = node.value else {
      findings.error(.noValues(variable, node.kind), at: location)
      return nil
    }
    // A number is the same text for all programs when it is written in digits alone.
    if scalar.kind == .integer, case .number(let number) = WholeNumber(scalar.text), "\(number)" == scalar.text {
      return scalar.text
    }
    return findings.name(scalar, "a value of \(quoted(variable))", at: location)
  }

  /// The numbers of a range; nil when the text is none.
  private mutating func range(_ text: String, at location: SourceLocation) -> [String]? {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDecimalDigit) }) else { return nil }
    guard let first = Int(ends[0]), let last = Int(ends[1]), first <= last, last - first < Loop.mostCombinations,
      ends[0] == "\(first)", ends[1] == "\(last)"
    else {
      findings.error(.range(text), at: location)
      return []
    }
    return (first...last).map { "\($0)" }
  }
}

extension Diagnostic.Message {
  private static let example = "write for: {row: [a, b, c], column: 1..3}"

  fileprivate static func noLoop(_ found: String) -> Self {
    Self("for is a map of variables, or a list of such maps, but \(found) stands here", hint: example)
  }

  fileprivate static func noCase(_ found: String) -> Self {
    Self("an item of for is a map of variables, but \(found) stands here", hint: example)
  }

  fileprivate static func otherVariables(_ names: [String]) -> Self {
    Self(
      "this map has other variables than the first one of for",
      hint: "each map gives values to the same variables: \(names.joined(separator: ", "))")
  }

  fileprivate static func tooMany(_ count: Int) -> Self {
    let words = count > 1_000_000_000 ? "too many" : "\(count)"
    return Self("for makes \(words) combinations", hint: "at most \(Loop.mostCombinations) are read")
  }

  fileprivate static func noVariable(_ name: String) -> Self {
    Self("\(quoted(name)) cannot be a variable", hint: "a variable has letters, digits and _, and no digit first")
  }

  fileprivate static func taken(_ name: String) -> Self {
    Self("the variable \(quoted(name)) has a value from the for around it", hint: "choose another name")
  }

  fileprivate static func noValues(_ variable: String, _ found: String) -> Self {
    Self("the variable \(quoted(variable)) has values, but \(found) stands here", hint: example)
  }

  fileprivate static func range(_ text: String) -> Self {
    Self(
      "\(quoted(text)) is no range of numbers that is read",
      hint: "it goes up, as 1..9 does, and has at most \(Loop.mostCombinations) numbers")
  }
}
