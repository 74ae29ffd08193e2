import PetriNet

/// A search for a marking that is meant in as small a part of the markings as is known to have one: of a smaller net, where
/// there is one, and there of those that stubborn sets choose.
final class ReducedSearch {
  private let query: Query
  private let net: Net
  private let bounds: [Int?]
  private var smaller: ReducedNet?
  private var search: ForwardSearch?

  /// A search.
  ///
  /// - Parameters:
  ///   - query: which markings are meant.
  ///   - net: the net.
  ///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
  ///   - facts: what is seen of the net without looking for markings.
  ///   - limits: the memory that it may take, and whether the net is made smaller.
  ///   - goOn: asked now and then; false leaves the net as small as it is by then.
  init(_ query: Query, in net: Net, bounds: [Int?], facts: PlainFacts, _ limits: Limits, goOn: () -> Bool) {
    self.query = query
    self.net = net
    self.bounds = bounds
    let told = query.spelledOut(in: net)
    let question = query == .deadlock(true) ? ReducedNet.Question.deadlock : told.places.map { .marking($0) }
    smaller = limits.reduces ? question.flatMap { ReducedNet(net, for: $0, facts, goOn: goOn) } : nil
    if let smaller {
      let numbers = Dictionary(uniqueKeysWithValues: smaller.places.enumerated().map { ($1, $0) })
      search = told.renumbered(numbers).flatMap { asked in
        ForwardSearch(
          asked, in: smaller.net, bounds: smaller.places.map { bounds[$0] }, isReduced: true, bytes: limits.bytes)
      }
    }
    if search == nil { begin(limits.bytes) }
  }

  /// Begins with the net as it is.
  private func begin(_ bytes: Int) {
    smaller = nil
    search = ForwardSearch(query, in: net, bounds: bounds, isReduced: true, bytes: bytes)
  }

  /// Whether it can go no further.
  var isOver: Bool { search?.stop != nil || search == nil }
  /// How many markings it has found.
  var markings: Int { search?.space.count ?? 0 }
  /// The bytes in use.
  var bytes: Int { search?.space.bytes ?? 0 }

  /// Goes on until so many markings more are found.
  ///
  /// - Returns: an answer about the net itself; nil when there is none yet.
  func run(_ more: Int, _ limits: Limits, goOn: () -> Bool) -> Reachability.Answer? {
    guard let search, !isOver, let answer = search.run(more, limits, goOn: goOn) else { return nil }
    guard let smaller else { return answer }
    switch answer {
    case .undecided: return answer
    case .never(let reason):
      let (places, transitions) = (smaller.net.places.count, smaller.net.transitions.count)
      return .never("\(reason), once the net was reduced to \(places) places and \(transitions) transitions")
    case .reachable(_, let path):
      if let (way, marking) = smaller.original(path), query.holds(marking, of: net) {
        return .reachable(marking, path: way)
      }
      // What was found does not show in the net: it is asked as it is.
      begin(limits.bytes)
      return nil
    }
  }
}
