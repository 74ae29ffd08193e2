public import PetriNet

extension Net {
  /// A net of some words a marking, whose transitions move tokens without making any, so that its markings are finite in
  /// number: with reads, inhibitors, resets and capacities.
  public static func randomMoves(using generator: inout SeededGenerator) throws -> Net {
    var places = (0..<Int.random(in: 8...40, using: &generator)).map { index in
      Place("p\(index)", capacity: generator.once(in: 4) ? Int.random(in: 1...4, using: &generator) : nil)
    }
    func place() -> Int { Int.random(in: places.indices, using: &generator) }
    for _ in 0..<3 {
      let start = place()
      places[start].initial = min(Int.random(in: 2...6, using: &generator), places[start].capacity ?? 6)
    }
    // Mostly near the places that have tokens, so that something happens.
    let near = places.indices.filter { places[$0].initial > 0 } + (0..<4).map { _ in place() }
    func likely() -> Int { generator.once(in: 10) ? place() : near.randomElement(using: &generator) ?? 0 }
    var arcs: [Arc] = []
    let transitions = (0..<Int.random(in: 6...14, using: &generator)).map { Transition("t\($0)") }
    for transition in transitions.indices {
      let tokens = [1, 1, 1, 2, 3].randomElement(using: &generator) ?? 1
      arcs.append(Arc(.input, place: likely(), transition: transition, weight: tokens))
      let split = Int.random(in: 0..<tokens, using: &generator)
      for weight in [split, tokens - split] where weight > 0 {
        arcs.append(Arc(.output, place: likely(), transition: transition, weight: weight))
      }
      for kind in [Arc.Kind.read, .inhibitor, .reset] where generator.once(in: 8) {
        arcs.append(
          Arc(kind, place: likely(), transition: transition, weight: Int.random(in: 1...2, using: &generator)))
      }
    }
    return try Net(name: "moves", places: places, transitions: transitions, arcs: arcs)
  }
}
