public import PetriNet

extension Net {
  /// A small net with arcs of all kinds, weights, capacities, self-loops, parallel arcs, and counts near 2^63.
  /// Places and transitions are called by `names`; more are made up when these do not suffice.
  public static func random(
    _ name: String, names: [String] = [], using generator: inout SeededGenerator
  ) throws -> Net {
    func called(_ kind: String, _ count: Int) -> [String] {
      let shuffled = names.shuffled(using: &generator)
      return (0..<count).map { $0 < shuffled.count ? shuffled[$0] : "\(kind)\($0)" }
    }
    let placeNames = called("p", Int.random(in: 1...6, using: &generator))
    let transitionNames = called("t", Int.random(in: 2...6, using: &generator))
    let places = placeNames.map { place(called: $0, using: &generator) }
    let transitions = transitionNames.map { Transition($0) }
    var arcs: [Arc] = []
    for transition in transitions.indices {
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        arcs.append(arc(of: transition, places: places.count, using: &generator))
      }
    }
    return try Net(
      name: name, places: places, transitions: transitions, arcs: arcs, keepsStates: generator.once(in: 3))
  }

  private static func place(called name: String, using generator: inout SeededGenerator) -> Place {
    if generator.once(in: 8) { return Place(name, initial: Int.max - Int.random(in: 0...9, using: &generator)) }
    let capacities = generator.once(in: 3) ? [1, 2, 5, 9, 40_000, 3_000_000_000] : []
    let capacity = capacities.randomElement(using: &generator)
    return Place(name, initial: Int.random(in: 0...min(capacity ?? 6, 6), using: &generator), capacity: capacity)
  }

  private static func arc(of transition: Int, places: Int, using generator: inout SeededGenerator) -> Arc {
    let kinds: [Arc.Kind] = [.input, .input, .input, .output, .output, .output, .read, .inhibitor, .reset]
    let weights = generator.once(in: 25) ? [70_000, 5_000_000_000, Int.max / 7] : [1, 1, 1, 2, 3, 5]
    return Arc(
      kinds.randomElement(using: &generator) ?? .input, place: Int.random(in: 0..<places, using: &generator),
      transition: transition, weight: weights.randomElement(using: &generator) ?? 1)
  }
}
