import PetriNet

/// A search for a marking that is meant in as small a part of the markings as is known to have one: of a smaller net, where
/// there is one, and there of those that stubborn sets choose. Beside it goes a search that is led by an estimate.
final class ReducedSearch {
  private let query: Query
  private let net: Net
  private let bounds: [Int?]
  private var smaller: ReducedNet?
  private var directed: DirectedSearch?
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
      if let asked = told.renumbered(numbers) {
        begin(asked, in: smaller.net, bounds: smaller.places.map { bounds[$0] }, limits)
      }
    }
    if search == nil { beginAnew(limits) }
  }

  private func begin(_ query: Query, in net: Net, bounds: [Int?], _ limits: Limits) {
    directed = DirectedSearch(query, in: net, Limits(markings: limits.markings, bytes: limits.bytes / 4))
    search = ForwardSearch(query, in: net, bounds: bounds, bytes: limits.bytes - limits.bytes / 4)
  }

  /// Begins with the net as it is.
  private func beginAnew(_ limits: Limits) {
    smaller = nil
    begin(query, in: net, bounds: bounds, limits)
  }

  /// Whether it can go no further.
  var isOver: Bool { search?.stop != nil || search == nil }
  /// How many markings it has found.
  var markings: Int { search?.space.count ?? 0 }
  /// The bytes in use.
  var bytes: Int { (search?.space.bytes ?? 0) + (directed?.bytes ?? 0) }

  /// Goes on until so many markings more are found.
  ///
  /// - Returns: an answer about the net itself; nil when there is none yet.
  func run(_ more: Int, _ limits: Limits, goOn: () -> Bool) -> Reachability.Answer? {
    guard !isOver else { return nil }
    // A directed search either finds something soon or not at all.
    if let directed, !directed.isOver, let path = directed.run(max(more / 4, 1), goOn: goOn) {
      self.directed = nil
      if let answer = shown(path) { return answer }
    }
    let rest = Limits(markings: limits.markings, bytes: limits.bytes - limits.bytes / 4)
    guard let search, let answer = search.run(more, rest, goOn: goOn) else { return nil }
    switch answer {
    case .undecided: return answer
    case .never(let reason):
      guard let smaller else { return answer }
      let (places, transitions) = (smaller.net.places.count, smaller.net.transitions.count)
      return .never("\(reason), once the net was reduced to \(places) places and \(transitions) transitions")
    case .reachable(_, let path):
      if let answer = shown(path) { return answer }
      // What was found does not show in the net: it is asked as it is.
      beginAnew(limits)
      return nil
    }
  }

  /// What a way in the net that is searched shows of the net itself; nil when it shows nothing.
  private func shown(_ path: [Int]) -> Reachability.Answer? {
    if let smaller {
      guard let (way, marking) = smaller.original(path), query.holds(marking, of: net) else { return nil }
      return .reachable(marking, path: way)
    }
    var marking = net.initialMarking
    for transition in path {
      guard let after = try? net.fire(transition, in: marking) else { return nil }
      marking = after
    }
    return query.holds(marking, of: net) ? .reachable(marking, path: path) : nil
  }
}
