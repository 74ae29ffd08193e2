public import PetriNet

extension Net {
  /// A net of 1 to 60 places with many arcs of all kinds between few nodes, so that they meet: self-loops, parallel arcs,
  /// a reset beside a read. Capacities, weights and counts lie at the limits of 16, 32 and 64 bits. Some transitions have
  /// roles, and some of these may create instances.
  public static func dense(_ name: String, using generator: inout SeededGenerator) -> Net {
    while true {
      // A draft whose parallel arcs add up to more than 64 bits is none.
      if let net = try? draft(name, using: &generator) { return net }
    }
  }

  private static func draft(_ name: String, using generator: inout SeededGenerator) throws -> Net {
    let sizes = [1...3, 2...6, 4...12, 10...25, 25...60].randomElement(using: &generator) ?? 1...1
    let hostile = generator.once(in: 2)
    func called(_ kind: String, _ count: Int) -> [String] {
      let names = hostile ? hostileNames.shuffled(using: &generator) : []
      return (0..<count).map { $0 < names.count ? names[$0] : "\(kind)\($0)" }
    }
    let places = called("p", Int.random(in: sizes, using: &generator)).map { densePlace($0, using: &generator) }
    let roleNames = called("r", 3) + [Role.default]
    let transitions = called("t", Int.random(in: 2...12, using: &generator)).map { name in
      let roles = generator.once(in: 3) ? Array(roleNames.shuffled(using: &generator).prefix(2)) : []
      return Transition(name, roles: roles)
    }
    let roles = generator.once(in: 3) ? [Role(roleNames[0], mayCreate: true), Role(roleNames[1])] : []
    let arcs = transitions.indices.flatMap { denseArcs(of: $0, places: places.count, using: &generator) }
    return try Net(name: name, places: places, transitions: transitions, arcs: arcs, roles: roles)
  }

  private static func densePlace(_ name: String, using generator: inout SeededGenerator) -> Place {
    let limits = [1, 2, 3, 5, 9, 20, 32_766, 32_767, 32_768, 2_147_483_647, 2_147_483_648, Int.max - 1, Int.max]
    let capacity = generator.once(in: 3) ? limits.randomElement(using: &generator) : nil
    let most = capacity ?? Int.max
    let initial =
      generator.once(in: 8)
      ? most - Int.random(in: 0...min(9, most), using: &generator)
      : Int.random(in: 0...min(most, 8), using: &generator)
    return Place(name, initial: initial, capacity: capacity)
  }

  private static func denseArcs(of transition: Int, places: Int, using generator: inout SeededGenerator) -> [Arc] {
    let near = (0..<Int.random(in: 1...3, using: &generator)).map { _ in Int.random(in: 0..<places, using: &generator) }
    return (0..<Int.random(in: 0...9, using: &generator)).map { _ in
      let place = generator.once(in: 2) ? near.randomElement(using: &generator) : nil
      let kinds: [Arc.Kind] = [.input, .input, .input, .output, .output, .output, .read, .inhibitor, .reset]
      let huge = [32_767, 65_536, 2_147_483_648, Int.max / 40, Int.max / 7]
      let weights = generator.once(in: 25) ? huge : [1, 1, 1, 1, 2, 3, 5]
      let kind = kinds.randomElement(using: &generator) ?? .input
      let bound = kind == .inhibitor && !generator.once(in: 3) ? [7, 20, Int.max] : weights
      return Arc(
        kind, place: place ?? Int.random(in: 0..<places, using: &generator), transition: transition,
        weight: bound.randomElement(using: &generator) ?? 1)
    }
  }
}
