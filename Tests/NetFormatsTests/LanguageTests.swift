import Diagnostics
import Foundation
import JSON
import NetFormats
import PetriNet
import Testing

/// The examples of `docs/language.md`, each read and played.
@Suite struct LanguageTests {
  @Test func `every example has a play`() throws {
    #expect(try Example.all().count >= 9)
    #expect(try Example.all().allSatisfy { !$0.steps.isEmpty })
  }

  @Test func `every example is read without a word, and plays as the page says`() throws {
    for example in try Example.all() {
      let reading = Reading(example.net, name: "example.ptflow.yaml")
      #expect(reading.told == "", "\(example.net)")
      let net = try #require(reading.file?.net)
      var marking = net.initialMarking
      for step in example.steps {
        let transition = try #require(net.transitions.firstIndex { $0.name == step.action }, "\(step.action)")
        let circumstances = Circumstances(
          payload: step.payload, now: 0, actor: "ann", role: "*", id: "example", seq: 0)
        let rules = net.ruleObstacles(to: transition, in: marking, circumstances)
        let mayFire = net.enables(transition, in: marking) && rules.isEmpty
        #expect(mayFire == (step.tokens != nil), "\(step.action) in\n\(example.net)")
        guard mayFire, let tokens = step.tokens else { continue }
        marking = try net.fire(transition, in: marking)
        let found = net.places.indices.filter { marking[$0] > 0 }
          .map { (net.places[$0].name, marking[$0]) }
        #expect(Dictionary(uniqueKeysWithValues: found) == tokens, "\(step.action) in\n\(example.net)")
      }
    }
  }

  @Test func `every transition of an example is in its play`() throws {
    for example in try Example.all() where !example.net.contains("for:") {
      let transitions = Reading(example.net).transitions.filter { $0 != "reject" }
      #expect(Set(transitions).isSubset(of: example.steps.map(\.action)))
    }
  }
}

/// A net of the page, and the firings below it.
private struct Example {
  struct Step {
    let action: String
    let payload: Document
    /// The tokens after it; nil when it is refused.
    let tokens: [String: Int]?
  }

  let net: String
  let steps: [Step]

  static func all() throws -> [Example] {
    var repository = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { repository.deleteLastPathComponent() }
    let page = try String(contentsOf: repository.appending(path: "docs/language.md"), encoding: .utf8)
    return try page.components(separatedBy: "```yaml\n").dropFirst().map { part in
      let blocks = part.components(separatedBy: "```\n")
      try #require(blocks.count > 2, "there is no play after\n\(blocks[0])")
      return Example(net: blocks[0], steps: try blocks[2].split(separator: "\n").map { try Step($0) })
    }
  }
}

extension Example.Step {
  /// `coin  ->  unlocked 1, coins 2`, or `coin {"note": 1}  is refused`.
  init(_ line: Substring) throws {
    let isRefused = line.hasSuffix("is refused")
    let sides = isRefused ? [line.dropLast("is refused".count)] : line.split(separator: "->")
    try #require(sides.count == (isRefused ? 1 : 2), "\(line)")
    let call = sides[0].trimmingCharacters(in: .whitespaces)
    action = String(call.prefix { $0 != " " })
    let json = call.dropFirst(action.count).trimmingCharacters(in: .whitespaces)
    payload = try Document(parseJSON(Array((json.isEmpty ? "{}" : json).utf8), title: "the payload", deepest: 9))
    tokens =
      isRefused
      ? nil
      : try Dictionary(
        uniqueKeysWithValues: sides[1].split(separator: ",").map { pair in
          let words = pair.split(separator: " ")
          return (String(words[0]), try #require(Int(words[1])))
        })
  }
}
