import Diagnostics
import PetriNet
import TestNets
import Testing

struct CanonicalFormReaderTests {
  /// Whether a net and the one that is read from its canonical form mean the same, and fire the same.
  private func expectToReadBack(_ net: Net) throws {
    let form = net.canonicalForm
    let read = try Net(canonicalForm: form, name: net.name)
    #expect(read.canonicalForm.utf8.elementsEqual(form.utf8))
    #expect(read.name == net.name)
    let index = Dictionary(uniqueKeysWithValues: read.places.enumerated().map { (Array($1.name.utf8), $0) })
    let places = try net.places.map { try #require(index[Array($0.name.utf8)]) }
    func reordered(_ marking: Marking) -> Marking {
      Marking(read.places.indices.map { marking[places.firstIndex(of: $0) ?? -1] })
    }
    #expect(read.initialMarking == reordered(net.initialMarking))
    for (number, transition) in net.transitions.enumerated() {
      let same = try #require(read.transitions.firstIndex { $0.name.utf8.elementsEqual(transition.name.utf8) })
      #expect(Set(read.roles(of: same)) == Set(net.roles(of: number)))
      let fired = try? net.fire(number, times: 2, in: net.initialMarking)
      #expect((try? read.fire(same, times: 2, in: read.initialMarking)) == fired.map(reordered))
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a random net is read back`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try expectToReadBack(Net.random("n", names: hostileNames, using: &generator))
    try expectToReadBack(Net.dense("n", using: &generator))
  }

  @Test func `a net is read back whatever its names are`() throws {
    let names =
      hostileNames + ["\0", "\u{1b}[2J", "\u{85}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{301}", "\u{10ffff}"]
    let roles = names.enumerated().map { Role($1, mayCreate: $0 % 2 == 0, mayDestroy: $0 % 3 == 0) }
    try expectToReadBack(
      Net("n", names.map { Place($0) }, names.map { .t($0, by: [$0], .input($0), .output($0)) }, roles: roles))
    try expectToReadBack(Net("empty", [], []))
  }

  @Test(arguments: [
    // not a line of any kind
    ("place", 1), ("place \"p\"\n", 1), ("place \"p\" initial 0", 2), ("\n", 1), ("frog \"p\"\n", 1), (" ", 1),
    ("place p initial 0\n", 1), ("place \"p\" initial x\n", 1), ("place \"p\" initial 0 capacity\n", 1),
    ("place \"p\" initial 0 capacity \"9\"\n", 1), ("place \"p\" initial 0 capacity 9 9\n", 1),
    ("place \"p initial 0\n", 1), ("place \"p\"x initial 0\n", 1), ("place \"p\\\" initial 0\n", 1),
    ("role \"r\" destroys creates\n", 1), ("role r\n", 1), ("role \"r\" creates creates\n", 1), ("role\n", 1),
    ("transition \"t\" roles\n", 1), ("transition \"t\" roles r\n", 1), ("transition \"t\"\n", 1),
    // numbers that are none, or not written as they are written
    ("place \"p\" initial 9223372036854775808\n", 1), ("place \"p\" initial +1\n", 1), ("place \"p\" initial 01\n", 1),
    ("place \"p\" initial -1\n", 1), ("place \"p\" initial 2 capacity 1\n", 1),
    ("place \"p\" initial 0 capacity 0\n", 1),
    // escapes
    ("place \"\\n\" initial 0\n", 1), ("place \"\\u{41}\" initial 0\n", 1), ("place \"\\u{0a}\" initial 0\n", 1),
    ("place \"\\u{A}\" initial 0\n", 1), ("place \"\\u{d800}\" initial 0\n", 1),
    ("place \"\\u{110000}\" initial 0\n", 1),
    ("place \"\\u{}\" initial 0\n", 1), ("place \"\\u{9\" initial 0\n", 1), ("place \"\\u\" initial 0\n", 1),
    ("place \"\\", 1), ("place \"\t\" initial 0\n", 1), ("place \"\" initial 0\n", 1),
    // lines that are not where they belong
    ("place \"q\" initial 0\nplace \"p\" initial 0\n", 1), ("place \"p\" initial 0\nplace \"p\" initial 0\n", 2),
    ("transition \"t\" roles \"b\" \"a\"\n", 1), ("transition \"t\" roles \"a\" \"a\"\n", 1),
    ("transition \"t\" roles \"a\"\nplace \"p\" initial 0\n", 1), ("place \"p\" initial 0\n\n", 2),
    ("place \"p\"  initial 0\n", 1), ("place \"p\" initial 0 \n", 1), ("place \"p\" initial 0\r\n", 1),
    ("role \"r\"\ntransition \"t\" roles \"r\"\n", 1),
    ("place \"\u{e9}\" initial 0\nplace \"e\u{301}\" initial 0\n", 2),
  ])
  func `what is no canonical form is refused at its line`(_ text: String, _ line: Int) throws {
    let error = try #require(throws: Diagnostics.self) { try Net(canonicalForm: text, name: "n", file: "form") }
    #expect(error.hasErrors && error.all.first?.location.file == "form", "\(text)")
    #expect(error.all.first?.location.line == line, "\(error.rendered(in: nil))")
  }

  @Test func `an arc is refused that ends at nothing, comes twice, or has another weight than a number from 1`() throws
  {
    let nodes = "place \"p\" initial 0\ntransition \"t\" roles \"default\"\n"
    for arc in [
      "arc \"t\" input \"q\" 1", "arc \"u\" input \"p\" 1", "arc \"t\" input \"p\"", "arc \"t\" reset \"p\" 1",
      "arc \"t\" frog \"p\" 1", "arc \"t\" input \"p\" 0", "arc \"t\" input \"p\" -1", "arc \"p\" input \"t\" 1",
      "arc \"t\" input \"p\" 1\narc \"t\" input \"p\" 1", "arc \"t\" output \"p\" 1\narc \"t\" input \"p\" 1",
    ] {
      #expect(throws: Diagnostics.self, "\(arc)") { try Net(canonicalForm: "\(nodes)\(arc)\n", name: "n") }
    }
    #expect(try Net(canonicalForm: nodes + "arc \"t\" input \"p\" 1\n", name: "n").arcs.count == 1)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a mangled canonical form is refused or has that form`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let form = Array(Net.dense("n", using: &generator).canonicalForm.unicodeScalars)
    for _ in 0..<50 {
      var mangled = form
      for _ in 0..<Int.random(in: 1...3, using: &generator) where !mangled.isEmpty {
        let place = Int.random(in: mangled.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: mangled.remove(at: place)
        case 1: mangled.insert(mangled.randomElement(using: &generator) ?? "x", at: place)
        default: mangled[place] = ["\"", "\\", "\n", " ", "9", "\u{301}"].randomElement(using: &generator) ?? "x"
        }
      }
      let text = String(String.UnicodeScalarView(mangled))
      guard let net = try? Net(canonicalForm: text, name: "n") else { continue }
      #expect(net.canonicalForm.utf8.elementsEqual(text.utf8))
    }
  }
}
