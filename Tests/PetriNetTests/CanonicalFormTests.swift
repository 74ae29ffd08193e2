import PetriNet
import TestNets
import Testing

struct CanonicalFormTests {
  @Test func `it says all that the net means, sorted`() throws {
    let net = try Net(
      "n", [Place("q", initial: 2), Place("p", capacity: 3)],
      [
        .t("u", by: ["z", "a"], .reset("p"), .inhibitor("q", 2)), .t("t", .input("q"), .output("p", 2), .read("q", 2)),
      ],
      roles: [Role("z", mayCreate: true, mayDestroy: true), Role("a")])
    #expect(
      net.canonicalForm == """
        place "p" initial 0 capacity 3
        place "q" initial 2
        role "z" creates destroys
        transition "t" roles "default"
        transition "u" roles "a" "z"
        arc "t" input "q" 1
        arc "t" output "p" 2
        arc "t" read "q" 2
        arc "u" inhibitor "q" 2
        arc "u" reset "p"

        """)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `the order of the file does not matter`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = try Net.random("n", names: ["a\"b", "c\nd", "é", "A", "a"], using: &generator)
    let places = Array(net.places.indices).shuffled(using: &generator)
    let transitions = Array(net.transitions.indices).shuffled(using: &generator)
    let other = try Net(
      name: "another name", title: "a title",
      places: places.map { net.places[$0] }, transitions: transitions.map { net.transitions[$0] },
      arcs: net.arcs.shuffled(using: &generator).map { arc in
        Arc(
          arc.kind, place: places.firstIndex(of: arc.place) ?? -1,
          transition: transitions.firstIndex(of: arc.transition) ?? -1, weight: arc.weight)
      })
    #expect(other.canonicalForm == net.canonicalForm)
  }

  @Test func `names with quotes, backslashes and line ends stay one word on one line`() throws {
    let names = ["a\"b", "a\\\"b", "a\nb", "a\\nb", "a\r\nb", "a b", "\" initial 9", "\"\u{301}", "a\u{2028}\u{9f}b"]
    let net = try Net("n", names.map { Place($0) }, [])
    #expect(
      Set(net.canonicalLines) == [
        #"place "a\"b" initial 0"#, #"place "a\\\"b" initial 0"#, #"place "a\u{a}b" initial 0"#,
        #"place "a\\nb" initial 0"#, #"place "a\u{d}\u{a}b" initial 0"#, #"place "a b" initial 0"#,
        #"place "\" initial 9" initial 0"#, "place \"\\\"\u{301}\" initial 0", #"place "a\u{2028}\u{9f}b" initial 0"#,
      ])
  }

  @Test func `no program sees the end of a line, or a control character, within a name`() throws {
    let controls: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
    let scalars = (0..<0x110000).compactMap { Unicode.Scalar($0) }
    let text = String(String.UnicodeScalarView(scalars))
    let net = try Net("n", [Place(text)], [.t(text, by: [text], .input(text))], roles: [Role(text, mayCreate: true)])
    for line in net.canonicalLines {
      #expect(!line.unicodeScalars.contains { controls.contains($0.properties.generalCategory) })
      #expect(!line.contains { $0.isNewline })
    }
    let again = try Net(canonicalForm: net.canonicalForm, name: "n")
    #expect(again.places[0].name.unicodeScalars.elementsEqual(scalars))
  }

  @Test func `it is sorted by bytes, not by anybody's alphabet`() throws {
    let net = try Net("n", ["b", "B", "ä", "a", "_", "é"].map { Place($0) }, [])
    #expect(
      net.canonicalLines.map { String($0.dropFirst(7).prefix(1)) } == ["B", "_", "a", "b", "ä", "é"])
  }

  @Test func `the drawing, the title and the net's name are no part of it`() throws {
    let drawn = try Net(
      name: "m", title: "M", places: [Place("p", position: Position(x: 1, y: 2))],
      transitions: [Transition("t", position: Position(x: 3, y: 4))], arcs: [Arc(.input, place: 0, transition: 0)])
    #expect(drawn.canonicalForm == (try Net("n", [Place("p")], [.t("t", .input("p"))])).canonicalForm)
  }

  @Test func `each thing that a net means changes it`() throws {
    let base = try Net("n", [Place("p", capacity: 9)], [.t("t", .input("p", 2))])
    let others = [
      try Net("n", [Place("q", capacity: 9)], [.t("t", .input("q", 2))]),
      try Net("n", [Place("p", initial: 1, capacity: 9)], [.t("t", .input("p", 2))]),
      try Net("n", [Place("p", capacity: 8)], [.t("t", .input("p", 2))]),
      try Net("n", [Place("p")], [.t("t", .input("p", 2))]),
      try Net("n", [Place("p", capacity: 9)], [.t("u", .input("p", 2))]),
      try Net("n", [Place("p", capacity: 9)], [.t("t", by: ["r"], .input("p", 2))]),
      try Net("n", [Place("p", capacity: 9)], [.t("t", .input("p", 3))]),
      try Net("n", [Place("p", capacity: 9)], [.t("t", .read("p", 2))]),
      try Net("n", [Place("p", capacity: 9)], [.t("t", .input("p", 2), .reset("p"))]),
      try Net("n", [Place("p", capacity: 9)], [.t("t", .input("p", 2))], roles: [Role("r", mayCreate: true)]),
      try Net("n", [Place("p", capacity: 9)], [.t("t", .input("p", 2))], roles: [Role("r", mayDestroy: true)]),
      // A role that fires nothing may create instances, where no role is marked as the one that does.
      try Net("n", [Place("p", capacity: 9)], [.t("t", .input("p", 2))], roles: [Role("r")]),
    ]
    #expect(Set((others + [base]).map(\.canonicalForm)).count == others.count + 1)
  }
}
