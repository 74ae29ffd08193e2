import Compiler
import Output
import PetriNet
import Plan
import SQL
import Testing

@Suite struct DeterminismTests {
  private let places = (0..<40).map { Place("place \($0)", initial: $0 % 3, capacity: $0.isMultiple(of: 2) ? 5 : nil) }
  private let transitions = (0..<30).map { Transition("do \($0)", roles: ["r\($0 % 4)", "all"]) }
  private let roles = [Role("all", mayCreate: true), Role("r1", mayDestroy: true)]

  /// Arcs between names, so that they can be made again for places and transitions in another order.
  private let ends: [End] = (0..<360).map { number in
    let (transition, arc) = number.quotientAndRemainder(dividingBy: 12)
    return End(
      transition: transition, place: (transition * 7 + arc * 3) % 40, kind: Arc.Kind.allCases[(arc + transition) % 5],
      weight: arc % 3 + 1)
  }

  private struct End {
    let transition: Int
    let place: Int
    let kind: Arc.Kind
    let weight: Int
  }

  private func net(_ places: [Int], _ transitions: [Int], _ ends: [Int]) throws -> Net {
    try Net(
      name: "n", places: places.map { self.places[$0] }, transitions: transitions.map { self.transitions[$0] },
      arcs: ends.map { self.ends[$0] }.compactMap { end in
        guard let place = places.firstIndex(of: end.place), let transition = transitions.firstIndex(of: end.transition)
        else { return nil }
        return Arc(end.kind, place: place, transition: transition, weight: end.weight)
      }, roles: roles)
  }

  private let source = Source(file: "n.pnml", format: "pnml", text: "")

  @Test func `the same net gives the same bytes, in whatever order its arcs are written`() throws {
    let (p, t, e) = (Array(places.indices), Array(transitions.indices), Array(ends.indices))
    let first = try compile(net(p, t, e), source: source).sql().text
    for _ in 0..<5 {
      #expect(try compile(net(p, t, e.shuffled()), source: source).sql().text == first)
    }
  }

  @Test func `a net whose file is in another order has the same digest`() throws {
    let (p, t, e) = (Array(places.indices), Array(transitions.indices), Array(ends.indices))
    let first = try compile(net(p, t, e), source: source).digestText
    for _ in 0..<5 {
      let shuffled = try net(p.shuffled(), t.shuffled(), e.shuffled())
      #expect(try compile(shuffled, source: source).digestText == first)
    }
  }

  @Test func `whatever a net means is in its digest, and what it looks like is not`() throws {
    func digest(
      _ place: Place = Place("p", initial: 1), _ transition: Transition = Transition("t"), _ kind: Arc.Kind = .input,
      weight: Int = 1, roles: [Role] = [], title: String? = nil
    ) throws -> String {
      let arc = Arc(kind, place: 0, transition: 0, weight: weight)
      let net = try Net(name: "n", title: title, places: [place], transitions: [transition], arcs: [arc], roles: roles)
      return try compile(net, source: source).digestText
    }
    let same = [
      try digest(), try digest(Place("p", initial: 1, position: Position(x: 1, y: 2))), try digest(title: "A net"),
      try digest(Place("p", initial: 1), Transition("t", roles: ["default"])),
    ]
    #expect(Set(same).count == 1)
    let different = [
      try digest(), try digest(Place("q", initial: 1)), try digest(Place("p", initial: 2)),
      try digest(Place("p", initial: 1, capacity: 1)), try digest(Place("p", initial: 1), Transition("u")),
      try digest(Place("p", initial: 1), Transition("t", roles: ["r"])), try digest(weight: 2),
      try digest(roles: [Role("r", mayCreate: true)]), try digest(roles: [Role("r", mayDestroy: true)]),
      // It may create instances, since no role is marked as the one that does.
      try digest(roles: [Role("unused")]),
    ]
    let kinds = try Arc.Kind.allCases.map { try digest(Place("p", initial: 1), Transition("t"), $0) }
    #expect(Set(different + kinds).count == different.count + kinds.count - 1)
  }
}
