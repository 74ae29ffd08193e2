import NetAnalysis
import PetriNet

/// A net has more markings than a picture is to show.
struct TooManyMarkings: Reportable, CustomStringConvertible {
  /// How far the markings are counted, to say how many there are.
  static let limits = Limits(markings: 1_000_000, bytes: 1 << 30)
  /// The most seconds that this takes.
  private static let seconds = 10.0

  private let net: Net
  private let drawn: Int
  private let behaviour: Behaviour

  /// Counts the markings of a net.
  ///
  /// - Parameters:
  ///   - net: the net.
  ///   - drawn: how many a picture shows.
  init(of net: Net, drawn: Int) {
    self.net = net
    self.drawn = drawn
    let start = ContinuousClock.now
    behaviour = examine(net, bounds: LinearFacts(of: net).bounds.map { $0?.most }, limits: Self.limits) { _ in
      (ContinuousClock.now - start) / .seconds(Self.seconds)
    }
  }

  /// What is wrong, for people.
  var description: String {
    let bounded = behaviour[.bounded]
    if bounded.verdict == .refuted {
      let way = bounded.way(in: net).map { " (\($0))" } ?? ""
      return """
        \(net.name) is unbounded, so its markings cannot be drawn: \(bounded.reason)\(way). A capacity there would \
        bound it
        """
    }
    let count = behaviour.isComplete ? "\(behaviour.markings)" : "at least \(behaviour.markings)"
    let way = behaviour.isComplete ? "draw them with --states \(behaviour.markings), " : ""
    return """
      \(net.name) has \(count) reachable markings, and --states allows \(drawn): \(way)start from another marking with \
      --marking, or use ptflow reach
      """
  }
}
