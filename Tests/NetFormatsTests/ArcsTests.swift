import Diagnostics
import NetFormats
import PetriNet
import Testing

/// What all formats have in common about arcs, names and long lists of mistakes.
@Suite struct ArcsTests {
  let nodes = "<place id=\"p\"/><place id=\"q\"/><transition id=\"t\"/><transition id=\"u\"/>"

  func net(_ elements: String) -> Reading { Reading("<pnml><net>\n\(elements)\n</net></pnml>") }

  /// An arc of PNML.
  func arc(_ source: String, _ target: String, _ weight: Int = 1, _ kind: String = "normal") -> String {
    """
    <arc source="\(source)" target="\(target)"><inscription><text>\(weight)</text></inscription><type value="\(kind)"/></arc>

    """
  }

  @Test func `parallel arcs become one, with a warning for each kind`() {
    let reading = net(
      nodes + "\n" + arc("p", "t", 1) + arc("p", "t", 2) + arc("p", "t", 3) + arc("q", "t", 1) + arc("q", "t", 1)
        + arc("t", "q", 2) + arc("t", "q", 2) + arc("p", "u", 5, "inhibitor") + arc("p", "u", 3, "inhibitor")
        + arc("q", "u", 5, "read") + arc("q", "u", 3, "read") + arc("p", "u", 1, "reset") + arc("p", "u", 1, "reset"))
    #expect(
      reading.net == """
        place "p" initial 0
        place "q" initial 0
        transition "t" roles "default"
        transition "u" roles "default"
        arc "t" input "p" 6
        arc "t" input "q" 2
        arc "t" output "q" 4
        arc "u" inhibitor "p" 3
        arc "u" read "q" 5
        arc "u" reset "p"
        """)
    #expect(
      reading.heads == [
        #"4:1: warning: several parallel arcs go from "p" to "t" and "q" to "t"; their weights add up"#,
        #"6:1: note: a transition takes and puts tokens of one place, "t" of "q"; the tokens must be there to fire"#,
        #"9:1: warning: several parallel arcs go from "t" to "q"; their weights add up"#,
        #"11:1: warning: several parallel inhibitor arcs go from "p" to "u"; the smallest weight decides"#,
        #"13:1: warning: several parallel read arcs go from "q" to "u"; the largest weight decides"#,
        #"15:1: warning: several parallel reset arcs go from "p" to "u"; one does the same"#,
      ])
  }

  @Test func `weights of parallel arcs that add up to too much are told`() {
    let reading = net(nodes + "\n" + arc("p", "t", .max) + arc("p", "t", 1))
    #expect(
      reading.heads == [
        "4:1: error: the weights of parallel arcs add up to more than 64 bits hold",
        #"4:1: warning: several parallel arcs go from "p" to "t"; their weights add up"#,
      ])
  }

  @Test func `arcs there and back are a note, told once`() {
    let loops = (0..<5).map {
      "<place id=\"p\($0)\"/><transition id=\"t\($0)\"/>\(arc("p\($0)", "t\($0)"))\(arc("t\($0)", "p\($0)"))"
    }
    #expect(
      net(loops.joined()).told == """
        net.xml:2:38: note: some transitions take and put tokens of one place, "t0" of "p0", "t1" of "p1", "t2" of "p2" \
        and 2 more; the tokens must be there to fire
        2 | …place id="p0"/><transition id="t0"/><arc source="p0" target="t0"><inscription><text>1</text></inscription><typ…
          |                                      ^ some tools keep only the difference, and fire without them
        """)
  }

  @Test(arguments: [
    ("packd", "did you mean \"packed\"?"), ("pakced", "did you mean \"packed\"?"),
    ("PACKED", "did you mean \"packed\"?"),
    ("P", "did you mean \"p\"?"), ("shiped12", "did you mean \"shipped12\"?"),
    ("shipped13", "name a place or a transition, or remove the arc"),
    ("q", "name a place or a transition, or remove the arc"),
    ("sent", "name a place or a transition, or remove the arc"),
  ])
  func `a slip of the pen is recognised`(_ wrong: String, _ hint: String) {
    let reading = net(
      "<place id=\"p\"/><place id=\"packed\"/><place id=\"shipped12\"/><transition id=\"t\"/>\n" + arc(wrong, "t"))
    #expect(reading.diagnostics.all.map(\.message.hint) == [hint])
  }

  @Test func `of very many mistakes a hundred are told`() {
    let reading = net((0..<150).map { "<ring\($0)/>\n" }.joined())
    #expect(reading.diagnostics.errors.count == 101)
    #expect(reading.heads.last == "102:1: error: 50 more errors from here on")
  }

  @Test func `words of the author cannot command a terminal or fill it`() {
    let reading = net("<place id=\"p\"/>\n" + arc("\u{9B}31m\u{7F}" + String(repeating: "x", count: 500), "p"))
    #expect(!reading.told.unicodeScalars.contains { $0 == "\u{9B}" || $0 == "\u{7F}" })
    #expect(reading.told.count < 600)
  }
}
