import PetriNet
import SQL
import Testing

@testable import Compiler

@Suite struct FiringTests {
  /// The conditions and the result of a transition with these arcs to one place.
  private func firing(_ arcs: [Arc.Kind: Int], capacity: Int? = nil) throws -> (guards: [String], result: String?) {
    let net = try Net(
      name: "n", places: [Place("p", capacity: capacity)], transitions: [Transition("t")],
      arcs: arcs.map { Arc($0.key, place: 0, transition: 0, weight: $0.value) })
    let plan = try planNet(net, source: Source(file: "", format: "", text: ""))
    let firing = Firing(plan.transitions[0].effects[0], on: plan.places[0])
    return (firing.guards.map(\.text), firing.result?.text)
  }

  @Test(
    arguments: [
      ([.input: 1], ["s.p >= multiple"], "s.p - multiple"),
      ([.input: 3], ["s.p / 3 >= multiple"], "s.p - 3 * least(multiple, 3074457345618258602)"),
      ([.output: 1], ["9223372036854775807 - s.p >= multiple"], "s.p + multiple"),
      ([.output: 2], ["(9223372036854775807 - s.p) / 2 >= multiple"], "s.p + 2 * least(multiple, 4611686018427387903)"),
      ([.read: 2], ["s.p >= 2"], nil),
      ([.inhibitor: 1], ["s.p = 0"], nil),
      ([.inhibitor: 4], ["s.p < 4"], nil),
      ([.reset: 1], [], "0"),
    ] as [([Arc.Kind: Int], [String], String?)])
  func `one arc is one condition`(_ arcs: [Arc.Kind: Int], _ guards: [String], _ result: String?) throws {
    let firing = try firing(arcs)
    #expect(firing.guards == guards)
    #expect(firing.result == result)
  }

  @Test(
    arguments: [
      // A loop needs its tokens and changes nothing.
      ([.input: 2, .output: 2], nil, ["s.p >= 2"], nil),
      // It takes less than it needs, so the last firing is the hardest.
      ([.input: 3, .output: 2], nil, ["s.p >= 3", "s.p - 3 >= multiple - 1"], "s.p - multiple"),
      (
        [.input: 5, .output: 1], nil, ["s.p >= 5", "(s.p - 5) / 4 >= multiple - 1"],
        "s.p - 4 * least(multiple, 2305843009213693951)"
      ),
      // Only what is left over needs room.
      (
        [.input: 1, .output: 3], 9, ["s.p >= 1", "(9 - s.p) / 2 >= multiple"],
        "s.p + 2 * least(multiple, 4611686018427387903)"
      ),
      ([.input: 1, .read: 4], nil, ["s.p >= multiple", "s.p >= 4", "s.p - 4 >= multiple - 1"], "s.p - multiple"),
      (
        [.output: 1, .inhibitor: 3], 9, ["s.p < 3", "2 - s.p >= multiple - 1", "9 - s.p >= multiple"], "s.p + multiple"
      ),
      // After a reset all firings but the first find what it puts.
      ([.reset: 1, .output: 2], 5, [], "2"),
      ([.reset: 1, .input: 3, .output: 2], 5, ["s.p >= 3", "multiple = 1"], "2"),
      ([.reset: 1, .inhibitor: 3, .output: 3], 5, ["s.p < 3", "multiple = 1"], "3"),
      ([.reset: 1, .input: 1, .output: 2], 5, ["s.p >= 1"], "2"),
      ([.reset: 1, .output: 7], 5, ["false"], "5"),
    ] as [([Arc.Kind: Int], Int?, [String], String?)])
  func `arcs side by side are decided together`(
    _ arcs: [Arc.Kind: Int], _ capacity: Int?, _ guards: [String], _ result: String?
  ) throws {
    let firing = try firing(arcs, capacity: capacity)
    #expect(firing.guards == guards)
    #expect(firing.result == result)
  }
}
