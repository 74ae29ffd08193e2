import Foundation
import PetriNet

extension Marking {
  /// Reads a marking that was typed: `place=2,other=1`, or the JSON object that `ptflow state --json` has.
  ///
  /// - Throws: an `UnreadableMarking`, or an `UnknownName` for a place that the net has not.
  init(words: String, of net: Net) throws {
    if words.first == "{" {
      guard let tokens = try? JSONDecoder().decode([String: Int].self, from: Data(words.utf8)) else {
        throw UnreadableMarking("\(words) is no JSON object of whole numbers")
      }
      try self.init(tokens: tokens.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, of: net)
      return
    }
    let parts = words.split(separator: ",").map { part in
      // A name may have an equals sign in it.
      let sign = part.lastIndex(of: "=")
      let name = part[..<(sign ?? part.endIndex)].trimmingCharacters(in: .whitespaces)
      return (name, sign.map { Int(part[part.index(after: $0)...].trimmingCharacters(in: .whitespaces)) } ?? 1)
    }
    try self.init(
      tokens: parts.map { name, tokens in
        guard let tokens else { throw UnreadableMarking("\(name) has no whole number of tokens") }
        return (name, tokens)
      }, of: net)
  }

  /// The marking with so many tokens in the places named, and none in the others.
  init(tokens: [(place: String, tokens: Int)], of net: Net) throws {
    self.init(Array(repeating: 0, count: net.places.count))
    for (name, tokens) in tokens {
      guard let place = net.places.firstIndex(where: { $0.name == name }) else {
        throw UnknownName(kind: "place", name: name, known: net.places.map(\.name))
      }
      guard tokens >= 0 else { throw UnreadableMarking("\(name) cannot hold \(tokens) tokens") }
      self[place] = tokens
    }
  }
}
