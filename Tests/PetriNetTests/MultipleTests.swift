import PetriNet
import TestNets
import Testing

/// Many firings at once against firing one by one, and one firing against the table of arcs read literally.
struct MultipleTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `firing k times at once is firing k times in a row`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let net = try Net.random("n", using: &generator)
      for transition in net.transitions.indices {
        let times = Int.random(in: 1...6, using: &generator)
        let marking = net.marking(using: &generator)
        let inARow = (0..<times).reduce(marking as Marking?) { marking, _ in
          marking.flatMap { net.literally(transition, in: $0) }
        }
        let atOnce = try? net.fire(transition, times: times, in: marking)
        #expect(
          atOnce == inARow, "seed \(seed): \(net.canonicalForm) fires \(transition) x\(times) at \(marking.counts)")
        #expect(net.enables(transition, times: times, in: marking) == (inARow != nil))
      }
    }
  }
}

extension Net {
  /// A marking that the capacities allow.
  fileprivate func marking(using generator: inout SeededGenerator) -> Marking {
    Marking(
      places.map { place in
        if place.capacity == nil, generator.once(in: 10) { return Int.max - Int.random(in: 0...20, using: &generator) }
        return Int.random(in: 0...min(place.capacity ?? 12, 12), using: &generator)
      })
  }

  /// One firing, as the table of arcs says it, arc by arc; nil when it is not enabled.
  fileprivate func literally(_ transition: Int, in marking: Marking) -> Marking? {
    let arcs = arcs.filter { $0.transition == transition }
    func weight(_ kind: Arc.Kind, _ place: Int) -> Int? {
      arcs.first { $0.kind == kind && $0.place == place }?.weight
    }
    var next = marking
    for place in places.indices {
      let tokens = marking[place]
      if let weight = weight(.input, place), tokens < weight { return nil }
      if let weight = weight(.read, place), tokens < weight { return nil }
      if let weight = weight(.inhibitor, place), tokens >= weight { return nil }
      let left = weight(.reset, place) == nil ? tokens - (weight(.input, place) ?? 0) : 0
      let (sum, overflow) = left.addingReportingOverflow(weight(.output, place) ?? 0)
      if overflow || sum > places[place].capacity ?? Int.max { return nil }
      next[place] = sum
    }
    return next
  }
}
