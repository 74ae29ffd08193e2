import PetriNet

/// The end of a case: a marking, of which some places may not matter.
public struct End: Hashable, Sendable {
  /// The places that hold tokens, with how many, by place.
  public let terms: [Weighted]
  /// The places that may hold any number.
  public let free: Set<Int>

  /// One token in a place, and none elsewhere.
  init(place: Int) {
    terms = [Weighted(place, 1)]
    free = []
  }

  /// What the author of a net says.
  init(_ marking: FinalMarking, indices: [String: Int]) {
    terms = marking.parts.compactMap { part in
      guard let tokens = part.tokens, tokens > 0, let place = indices[part.place] else { return nil }
      return Weighted(place, tokens)
    }.sorted { $0.index < $1.index }
    free = Set(marking.parts.filter { $0.tokens == nil }.compactMap { indices[$0.place] })
  }

  /// Whether a marking is this end.
  func isReached(in marking: Marking) -> Bool {
    guard terms.allSatisfy({ marking[$0.index] == $0.weight }) else { return false }
    let all = marking.counts.reduce(Int128(0)) { $0 + Int128($1) }
    let ignored = free.reduce(Int128(0)) { $0 + Int128(marking[$1]) }
    return all - ignored == terms.reduce(Int128(0)) { $0 + Int128($1.weight) }
  }

  /// Whether a marking has all tokens of the end, and so looks like one. An end without tokens looks like nothing.
  func isCovered(by tokens: (Int) -> Int) -> Bool {
    !terms.isEmpty && terms.allSatisfy { tokens($0.index) >= $0.weight }
  }

  /// The end in words: `delivered`, or `finished, refunded 12`.
  func words(in net: Net) -> String {
    listed(
      terms.map { term in
        let name = net.name(ofPlace: term.index)
        return term.weight == 1 ? name : "\(name) \(term.weight)"
      }, upTo: 6)
  }
}
