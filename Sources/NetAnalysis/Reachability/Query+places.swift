import PetriNet

extension Query {
  /// The places by which a marking is told, when tokens alone tell it; nil when it matters what a marking enables.
  var places: Set<Int>? {
    switch self {
    case .all(let parts), .any(let parts):
      var places: Set<Int> = []
      for part in parts {
        guard let more = part.places else { return nil }
        places.formUnion(more)
      }
      return places
    case .compare(let sum, _): return Set(sum.factors.keys)
    case .enabled, .deadlock: return nil
    }
  }

  /// The same with what a transition needs instead of its name.
  func spelledOut(in net: Net) -> Query {
    switch self {
    case .all(let parts): .all(parts.map { $0.spelledOut(in: net) })
    case .any(let parts): .any(parts.map { $0.spelledOut(in: net) })
    case .compare, .deadlock: self
    case .enabled(let transition, let isEnabled): Query(enabling: transition, isEnabled, in: net)
    }
  }

  private init(enabling transition: Int, _ isEnabled: Bool, in net: Net) {
    var conditions: [Query] = []
    for effect in net.effects(of: transition) {
      let tokens = TokenSum(place: effect.place)
      if effect.least > 0, let sum = tokens.adding(TokenSum(effect.least), times: -1) {
        conditions.append(.compare(sum, .atLeast))
      }
      if let most = effect.most, let sum = tokens.adding(TokenSum(most), times: -1) {
        conditions.append(.compare(sum, .atMost))
      }
    }
    self = isEnabled ? .all(conditions) : Query.all(conditions).opposite
  }

  /// The same of a net whose places have other numbers; nil when one of them has none.
  func renumbered(_ numbers: [Int: Int]) -> Query? {
    func all(_ parts: [Query]) -> [Query]? {
      let renumbered = parts.compactMap { $0.renumbered(numbers) }
      return renumbered.count == parts.count ? renumbered : nil
    }
    switch self {
    case .all(let parts): return all(parts).map { .all($0) }
    case .any(let parts): return all(parts).map { .any($0) }
    case .compare(let sum, let comparison): return sum.renumbered(numbers).map { .compare($0, comparison) }
    case .enabled: return nil
    case .deadlock: return self
    }
  }
}

extension TokenSum {
  fileprivate func renumbered(_ numbers: [Int: Int]) -> TokenSum? {
    var sum: TokenSum? = TokenSum(number)
    for (place, factor) in factors {
      guard let place = numbers[place] else { return nil }
      sum = sum?.adding(TokenSum(place: place), times: factor)
    }
    return sum
  }
}
