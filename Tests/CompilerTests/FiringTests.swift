import PetriNet
import Plan
import SQL
import Testing

@testable import Compiler
@testable import Output

@Suite struct FiringTests {
  /// What a transition with these arcs to one place asks and does in SQL: once, and many times in a row.
  private func firing(_ arcs: [Arc.Kind: Int], capacity: Int? = nil) throws -> (once: [String], often: [String]) {
    let net = try Net(
      name: "n", places: [Place("p", capacity: capacity)], transitions: [Transition("t")],
      arcs: arcs.map { Arc($0.key, place: 0, transition: 0, weight: $0.value) })
    let renderer = Renderer(plan: try compile(net, source: Source(file: "", format: "", text: "")), dialect: .postgres)
    func lines(times: SQL?) -> [String] {
      renderer.branches(
        of: renderer.plan.parts[0], RuleInputs(marking: "m", actor: "actor"), times: times, refused: "no;"
      ).text
        .replacing("(", with: "").replacing(")", with: "").split(separator: "\n")
        .map { $0.split(separator: "--")[0].drop { $0 == " " } }
        .filter { $0.contains("m[1]") || $0.contains("multiple") || $0.contains("false") }
        .map { line in
          var line = String(line)
          for word in ["IF ", "AND ", " IS NOT TRUE THEN"] { line = line.replacing(word, with: "") }
          return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
    return (lines(times: nil), lines(times: "multiple"))
  }

  @Test(
    arguments: [
      // That an input has its tokens is asked afterwards, of all places at once, where the transition fires once.
      ([.input: 1], [], ["m[1] >= multiple"], "m[1] := m[1] - 1;", "m[1] := m[1] - multiple;"),
      ([.input: 3], [], ["m[1] / 3 >= multiple"], "m[1] := m[1] - 3;", "m[1] := m[1] - 3 * multiple;"),
      (
        [.output: 1], ["m[1] <= 9223372036854775806"], ["9223372036854775807 - m[1] >= multiple"],
        "m[1] := m[1] + 1;", "m[1] := m[1] + multiple;"
      ),
      (
        [.output: 2], ["m[1] <= 9223372036854775805"], ["9223372036854775807 - m[1] / 2 >= multiple"],
        "m[1] := m[1] + 2;", "m[1] := m[1] + 2 * multiple;"
      ),
      ([.read: 2], ["m[1] >= 2"], ["m[1] >= 2"], nil, nil),
      ([.inhibitor: 1], ["m[1] < 1"], ["m[1] < 1"], nil, nil),
      ([.reset: 1], [], [], "m[1] := 0;", "m[1] := 0;"),
    ] as [([Arc.Kind: Int], [String], [String], String?, String?)])
  func `one arc is one condition and one change`(
    _ arcs: [Arc.Kind: Int], _ once: [String], _ often: [String], _ change: String?, _ changes: String?
  ) throws {
    let firing = try firing(arcs)
    #expect(firing.once == once + [change].compactMap { $0 })
    #expect(firing.often == often + [changes].compactMap { $0 })
  }

  @Test(
    arguments: [
      // A loop needs its tokens and changes nothing.
      ([.input: 2, .output: 2], nil, ["m[1] >= 2"]),
      // It takes less than it needs, so the last firing is the hardest.
      ([.input: 3, .output: 2], nil, ["m[1] >= 3", "m[1] - 3 >= multiple - 1", "m[1] := m[1] - multiple;"]),
      ([.input: 5, .output: 1], nil, ["m[1] >= 5", "m[1] - 5 / 4 >= multiple - 1", "m[1] := m[1] - 4 * multiple;"]),
      // Only what is left over needs room.
      ([.input: 1, .output: 3], 9, ["m[1] >= 1", "9 - m[1] / 2 >= multiple", "m[1] := m[1] + 2 * multiple;"]),
      (
        [.input: 1, .read: 4], nil,
        ["m[1] >= multiple", "m[1] >= 4", "m[1] - 4 >= multiple - 1", "m[1] := m[1] - multiple;"]
      ),
      (
        [.output: 1, .inhibitor: 3], 9,
        ["m[1] < 3", "2 - m[1] >= multiple - 1", "9 - m[1] >= multiple", "m[1] := m[1] + multiple;"]
      ),
      // After a reset all firings but the first find what it puts.
      ([.reset: 1, .output: 2], 5, ["m[1] := 2;"]),
      ([.reset: 1, .input: 3, .output: 2], 5, ["m[1] >= 3", "multiple = 1", "m[1] := 2;"]),
      ([.reset: 1, .inhibitor: 3, .output: 3], 5, ["m[1] < 3", "multiple = 1", "m[1] := 3;"]),
      ([.reset: 1, .input: 1, .output: 2], 5, ["m[1] >= 1", "m[1] := 2;"]),
      ([.reset: 1, .output: 7], 5, ["m[1] <= -2", "multiple = 1", "m[1] := 7;"]),
    ] as [([Arc.Kind: Int], Int?, [String])])
  func `arcs side by side are decided together`(_ arcs: [Arc.Kind: Int], _ capacity: Int?, _ often: [String]) throws {
    #expect(try firing(arcs, capacity: capacity).often == often)
  }
}
