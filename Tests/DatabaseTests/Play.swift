import Foundation

/// A script that plays a net to its end; `nets/README.md` describes the lines.
struct Play: Sendable {
  enum Outcome: Hashable, Sendable {
    case ok
    /// With the places that a PT409 names.
    case refused(code: String, places: [String])
  }

  enum Step: Hashable, Sendable {
    case create(id: String)
    case fire(role: String, action: String, multiple: Int, payload: String, Outcome)
    case expect([String: Int])
    case enabled([String])
    case end
  }

  /// A line that is no step.
  struct Unreadable: Error {
    let line: String
  }

  /// The net's file is named as the part before the first hyphen.
  let net: String
  /// The steps, each with the number of its line.
  let steps: [(line: Int, step: Step)]

  init(_ file: String) throws {
    net = String(file.prefix { $0 != "-" })
    let text = try String(contentsOf: Examples.folder.appending(path: "plays/\(file)"), encoding: .utf8)
    steps = try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      try Self.step(String(line)).map { (number + 1, $0) }
    }
  }

  private static func step(_ line: String) throws -> Step? {
    let words = line.split(separator: " ").map(String.init)
    guard let word = words.first, !word.hasPrefix("#") else { return nil }
    switch word {
    case "create" where words.count == 2: return .create(id: words[1])
    case "expect": return .expect(try counts(words.dropFirst(), in: line))
    case "enabled": return .enabled(Array(words.dropFirst()))
    case "end" where words.count == 1: return .end
    case "fire": return try fire(line)
    default: throw Unreadable(line: line)
    }
  }

  private static func fire(_ line: String) throws -> Step {
    let pattern = /fire +(\S+) +(\S+)(?: +x([0-9]+))?(?: +(\{.*\}))? +-> +(ok|PT[0-9]+)(?: +(\S.*?))? */
    guard let match = line.wholeMatch(of: pattern) else { throw Unreadable(line: line) }
    let (_, role, action, multiple, payload, outcome, places) = match.output
    let names = places.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    return .fire(
      role: String(role), action: String(action), multiple: multiple.flatMap { Int($0) } ?? 1,
      payload: payload.map(String.init) ?? "{}",
      outcome == "ok" ? .ok : .refused(code: String(outcome), places: names ?? []))
  }

  private static func counts(_ words: ArraySlice<String>, in line: String) throws -> [String: Int] {
    let pairs = try words.map { word in
      let parts = word.split(separator: "=")
      guard parts.count == 2, let tokens = Int(parts[1]) else { throw Unreadable(line: line) }
      return (String(parts[0]), tokens)
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }
}
