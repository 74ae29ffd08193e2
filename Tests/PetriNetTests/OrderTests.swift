import PetriNet
import Testing

@Suite struct OrderTests {
  private func net() throws -> Net {
    try Net(
      name: "n", title: "N",
      places: [Place("a", initial: 1), Place("b"), Place("c", capacity: 3)],
      transitions: [Transition("t", roles: ["r", "s"]), Transition("u", roles: ["s"])],
      arcs: [
        Arc(.input, place: 0, transition: 0), Arc(.output, place: 2, transition: 0, weight: 2),
        Arc(.inhibitor, place: 1, transition: 1),
      ])
  }

  @Test func `the parts stand in the order that is named, and mean what they meant`() throws {
    let net = try net()
    let order = Net.Order(
      places: ["c", "a", "b"], transitions: ["u", "t"], roles: ["s", "r"], rolesOfTransition: ["t": ["s", "r"]])
    let other = net.inOrder(order)
    #expect(other.places.map(\.name) == ["c", "a", "b"])
    #expect(other.transitions.map(\.name) == ["u", "t"])
    #expect(other.roles.map(\.name) == ["s", "r"])
    #expect(other.transitions[1].roles == ["s", "r"])
    #expect(other.title == "N")
    #expect(other.canonicalForm == net.canonicalForm)
    #expect(other.initialMarking == Marking([0, 1, 0]))
    #expect(other.arcs(of: 1).map(\.place) == [0, 1])
    #expect(other != net)
  }

  @Test func `what an order does not name follows, and what the net does not have is passed over`() throws {
    let net = try net()
    #expect(net.inOrder(Net.Order()) == net)
    #expect(net.inOrder(Net.Order(places: ["x", "c", "c"])).places.map(\.name) == ["c", "a", "b"])
  }
}
