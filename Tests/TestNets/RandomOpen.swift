public import PetriNet

extension Net {
  /// A small net in which tokens come and go, so that it often has no bound, with all kinds of arcs.
  public static func randomOpen(using generator: inout SeededGenerator) throws -> Net {
    let count = Int.random(in: 2...6, using: &generator)
    let places = (0..<count).map { index in
      Place(
        "p\(index)", initial: generator.once(in: 2) ? Int.random(in: 1...2, using: &generator) : 0,
        capacity: generator.once(in: 12) ? Int.random(in: 2...4, using: &generator) : nil)
    }
    var arcs: [Arc] = []
    let transitions = (0..<Int.random(in: 2...7, using: &generator)).map { Transition("t\($0)") }
    // Some nets have one kind of arc beside inputs and outputs, some all, some none.
    let kinds: [[Arc.Kind]] = [[], [.read], [.inhibitor], [.reset], [.read, .inhibitor, .reset]]
    let more = kinds.randomElement(using: &generator) ?? []
    for transition in transitions.indices {
      func add(_ kind: Arc.Kind) {
        let weight = generator.once(in: 5) ? 2 : 1
        arcs.append(
          Arc(kind, place: Int.random(in: 0..<count, using: &generator), transition: transition, weight: weight))
      }
      for _ in 0..<Int.random(in: 0...2, using: &generator) { add(.input) }
      for _ in 0..<Int.random(in: 0...2, using: &generator) { add(.output) }
      for kind in more where generator.once(in: 4) { add(kind) }
    }
    return try Net(name: "open", places: places, transitions: transitions, arcs: arcs)
  }
}
