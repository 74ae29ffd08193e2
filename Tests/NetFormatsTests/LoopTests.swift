import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct LoopTests {
  @Test func `for repeats a name for each combination`() {
    let reading = Reading(
      """
      roles:
        Player{who}: {for: {who: [X, O]}, creates: true}
      places:
        P{row}{column}: {for: {row: 0..1, column: [a, b]}, start: 1, about: "Row {row} of {rows}."}
      transitions:
        "{me}{row}{column}":
          for:
            - {me: X, other: O, row: 0..1, column: [a, b]}
            - {me: O, other: X, row: 0..1, column: [a, b]}
          by: Player{me}
          takes: ["{me}_TURN", "P{row}{column}"]
          gives: {"{other}_TURN": 1, "{me}_{row}": 2}
        reset:
          resets: {for: {row: 0..1, column: [a, b]}, "P{row}{column}": 1, "X_{row}": 1, X_TURN: 1}
      """)
    #expect(reading.told == "")
    #expect(
      reading.places == [
        "P0a", "P0b", "P1a", "P1b", "X_TURN", "O_TURN", "X_0", "X_1", "O_0", "O_1",
      ])
    #expect(reading.transitions == ["X0a", "X0b", "X1a", "X1b", "O0a", "O0b", "O1a", "O1b", "reset"])
    #expect(reading.file?.net.places[3].about == "Row 1 of {rows}.")
    let lines = Set(reading.net.split(separator: "\n").map(String.init))
    #expect(
      lines.isSuperset(of: [
        #"role "PlayerX" creates"#, #"transition "O1b" roles "PlayerO""#, #"arc "O1b" input "O_TURN" 1"#,
        #"arc "O1b" input "P1b" 1"#, #"arc "O1b" output "O_1" 2"#, #"arc "O1b" output "X_TURN" 1"#,
      ]))
    #expect(lines.filter { $0.hasPrefix("arc \"reset\" reset") }.count == 7)
  }

  @Test func `a doubled brace is a brace, and a place may be called for`() {
    let reading = Reading(
      """
      places: {"{{a}}": 1, for: 2}
      transitions:
        "t{{{n}}}": {for: {n: 1..2}, takes: {for: 3, "{{a}}": 1}}
      """)
    #expect(reading.told == "")
    #expect(reading.places == ["{a}", "for"])
    #expect(reading.transitions == ["t{1}", "t{2}"])
  }

  @Test(arguments: [
    ("t{rwo}: {for: {row: 1..2}}", "2:3: error: no for gives a value to {rwo}"),
    ("t{row}: {takes: \"p{row}\"}", "2:3: error: no for gives a value to {row}"),
    ("t: {for: {row: 1..2}}", "2:3: error: for repeats \"t\" under the same name"),
    ("t{row: {for: {row: 1..2}}", "2:3: error: { in \"t{row\" is neither the beginning nor the end of a variable"),
    ("t}: {}", "2:3: error: } in \"t}\" is neither the beginning nor the end of a variable"),
    ("t{a}: {for: {a: 2..1}}", "2:19: error: \"2..1\" is no range of numbers that is read"),
    (
      "t{a}: {for: {a: 1..99999999999999999999}}",
      "2:19: error: \"1..99999999999999999999\" is no range of numbers that is read"
    ),
    ("t{a}: {for: {a: 01..09}}", "2:19: error: \"01..09\" is no range of numbers that is read"),
    ("t{a}: {for: {a: []}}", "2:19: error: the variable \"a\" has values, but a list stands here"),
    (
      "t{a}: {for: {a: [1.0]}}",
      "2:20: error: 1.0 is no name of a value of \"a\": YAML takes it for something else than a text"
    ),
    ("t{a}: {for: a}", "2:15: error: for is a map of variables, or a list of such maps, but \"a\" stands here"),
    ("t{a}: {for: {a b: 1}}", "2:16: error: \"a b\" cannot be a variable"),
    ("t{a}: {for: [{a: 1}, {b: 1}]}", "2:24: error: this map has other variables than the first one of for"),
    (
      "t{a}: {for: {a: 1..2}, takes: {for: {a: 1}, p: 1}}",
      "2:40: error: the variable \"a\" has a value from the for around it"
    ),
    ("t{a}{b}{c}: {for: {a: 1..99, b: 1..99, c: 1..99}}", "2:21: error: for makes 970299 combinations"),
    ("t{a}: {for: [{a: 1}, {a: 1..2}]}", nil),
  ])
  func `a mistake in a loop is told once, where it stands`(_ line: String, _ head: String?) {
    let reading = Reading("transitions:\n  \(line)")
    #expect(head == nil || reading.heads.first == head, "\(reading.told)")
    #expect(reading.heads.count <= 2)
  }

  @Test func `a mistake inside a repeated entry is told once`() {
    let reading = Reading("roles: {a: }\ntransitions:\n  t{n}: {for: {n: 1..50}, by: b, takes: {p: 0}}")
    #expect(
      reading.heads == [
        "3:31: error: \"b\" is none of the roles of this net", "3:45: error: the weight of \"p\" is 0",
      ])
  }

  @Test func `loops in loops have a limit`() {
    let reading = Reading(
      "transitions:\n  t{a}: {for: {a: 1..1000}, takes: {for: {b: 1..90000}, \"p{b}\": 1}}", name: "a.ptflow.yaml")
    #expect(reading.heads == ["2:57: error: for repeats more than the file may hold"])
  }
}
