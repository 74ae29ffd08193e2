public import PetriNet

extension Net {
  /// Lines of steps that meet in a few places, with now and then a choice, a read, an inhibitor, a reset or a capacity.
  public static func randomChains(using generator: inout SeededGenerator) throws -> Net {
    let count = Int.random(in: 5...10, using: &generator)
    let places = (0..<count).map { index in
      Place(
        "p\(index)", initial: generator.once(in: 3) ? Int.random(in: 1...2, using: &generator) : 0,
        capacity: generator.once(in: 12) ? 2 : nil)
    }
    var arcs: [Arc] = []
    let transitions = (0..<Int.random(in: 4...9, using: &generator)).map { Transition("t\($0)") }
    for transition in transitions.indices {
      let from = Int.random(in: 0..<count, using: &generator)
      arcs.append(Arc(.input, place: from, transition: transition))
      if generator.once(in: 5) {
        arcs.append(Arc(.input, place: Int.random(in: 0..<count, using: &generator), transition: transition))
      }
      if !generator.once(in: 6) {
        let to = generator.once(in: 3) ? Int.random(in: 0..<count, using: &generator) : (from + 1) % count
        arcs.append(Arc(.output, place: to, transition: transition))
      }
      for kind in [Arc.Kind.read, .inhibitor, .reset] where generator.once(in: 14) {
        arcs.append(Arc(kind, place: Int.random(in: 0..<count, using: &generator), transition: transition))
      }
    }
    return try Net(name: "chains", places: places, transitions: transitions, arcs: arcs)
  }
}
