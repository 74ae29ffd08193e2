public import PetriNet

/// Finds out whether something that the author of a net says of it holds.
///
/// - Parameters:
///   - obligation: what was said.
///   - net: the net.
///   - behaviour: how the net behaves; only asked for where a claim is to be proved.
///   - bounds: for each place a number of tokens that no reachable marking exceeds, as far as one is proved.
///   - limits: of markings and memory.
///   - clock: see ``Clock``.
/// - Returns: whether it holds, with the firings that refute it; `pump` is what goes round for ever.
public func decide(
  _ obligation: Obligation, of net: Net, behaviour: () -> Behaviour, bounds: @autoclosure () -> [Int?],
  limits: Limits = Limits(), clock: @escaping Clock = { _ in 0 }
) -> Finding {
  switch obligation.meaning {
  case .claim(let claim): return behaviour()[claim]
  case .law(let law):
    let found = reach(law.query.opposite, in: net, bounds: bounds(), limits: limits, clock: clock)
    switch found.answer {
    case .never(let reason): return Finding(.proved, reason)
    case .reachable(let marking, let path):
      return Finding(.refuted, "there can be \(net.words(marking, at: law.terms.map(\.index)))", witness: path)
    case .undecided: return Finding(.undecided, undecided(found.markings))
    }
  case .property(let property):
    let found = verify(property, of: net, bounds: bounds(), limits: limits, clock: clock)
    guard let holds = found.holds else { return Finding(.undecided, undecided(found.markings)) }
    // What a run shows of a property that holds is no witness against it.
    return holds
      ? Finding(.proved, found.reason) : Finding(.refuted, found.reason, witness: found.witness, pump: found.loop)
  }
}

private func undecided(_ markings: Int) -> String { "not decided by the \(markings) markings found" }

extension Net {
  /// How many tokens some places hold, by name, also those that hold none.
  fileprivate func words(_ marking: Marking, at places: [Int]) -> String {
    listed(places.map { "\(name(ofPlace: $0)) \(marking[$0])" }, upTo: 6)
  }
}
