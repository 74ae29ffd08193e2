import Diagnostics
import NetFormats
import PetriNet
import Testing

/// What a file says of its net beside what the net does.
@Suite struct SpecificationTests {
  private let text = """
    places: {a: 2, "b c": 0, "{{d}}": 0, e1: , e2: }
    transitions:
      t: {takes: a, gives: "b c"}
    ends:
      - "b c"
      - {"b c": 2, "{{d}}": any, a: 0}
      - {for: {n: 1..2}, "e{n}": 1}
    laws: ["a + 'b c' = 2", 'a <= 2']
    require: [bounded, "AG (a <= 2)"]
    """

  @Test func `ends, laws and requirements are read, each with its place`() throws {
    let reading = Reading(text, name: "x.ptflow.yaml")
    #expect(reading.told == "")
    let net = try #require(reading.file?.net)
    #expect(
      net.specification.lines == [
        "law a + 'b c' = 2", "law a <= 2", "require bounded", "require AG (a <= 2)", "end b c 1",
        "end b c 2, {d} any, a 0", "end e1 1, e2 1",
      ])
    let laws = net.specification.laws
    #expect(laws.map(\.location.line) == [8, 8])
    #expect(laws[0].location(ofCharacter: 1).column == 9 && laws[0].location(ofCharacter: 5).column == 13)
    #expect(laws[1].location.column == 26)
  }

  @Test func `they are no part of the canonical form`() {
    let without = text.split(separator: "\n").prefix(3).joined(separator: "\n")
    #expect(Reading(text).net == Reading(without).net)
  }

  @Test func `one statement or end needs no list, and nothing is none`() throws {
    let reading = Reading("places: {a: 1}\nends: a\nlaws: a = 1\nrequire: bounded")
    #expect(reading.told == "")
    #expect(reading.file?.net.specification.lines == ["law a = 1", "require bounded", "end a 1"])
    #expect(Reading("places: {a: 1}\nends:\nlaws:\nrequire:").file?.net.specification == Specification())
    #expect(Reading("places: {a: 1}\nends: {}").file?.net.specification.lines == ["end no tokens"])
  }

  @Test func `a sentence of several lines or with escapes is at its beginning`() throws {
    let reading = Reading("places: {a: 1}\nlaws:\n  - a\n    = 1\n  - \"a \\x3d 1\"")
    let laws = try #require(reading.file?.net.specification.laws)
    #expect(laws.map(\.text) == ["a = 1", "a = 1"])
    #expect(laws.map { $0.location(ofCharacter: 3).description } == ["net.xml:3:5", "net.xml:5:5"])
  }

  @Test func `mistakes are told where they stand`() {
    let reading = Reading(
      """
      places: {basket: {start: 1, capacity: 2}, other: 0}
      ends: [baskett, {basket: 3}, {basket: many}, [basket], 1, {other: -1}, {"e{n}": 1}]
      laws: [1, [a], true]
      require: {a: b}
      """)
    #expect(
      reading.heads == [
        "2:8: error: an end names \"baskett\", which is no place",
        "2:18: error: an end has 3 tokens in \"basket\", whose capacity is 2",
        "2:39: error: the number of tokens in \"basket\" is \"many\", which is not a whole number",
        "2:46: error: an end is a place, or a map of places to tokens, but a list stands here",
        "2:56: error: 1 is no name of a place: YAML takes it for something else than a text",
        "2:67: error: the number of tokens in \"other\" is -1",
        "2:73: error: no for gives a value to {n}",
        "3:8: error: a law is a text, but \"1\" stands here",
        "3:11: error: a law is a text, but a list stands here",
        "3:16: error: a law is a text, but \"true\" stands here",
        "4:10: error: a requirement is a text, but a map stands here",
      ])
    #expect(reading.diagnostics.all[0].message.hint == "did you mean \"basket\"?")
  }

  @Test func `the native format writes all of it`() throws {
    let net = try #require(Reading(text).file?.net)
    let written = try #require(try NetFormat.native.write(net))
    #expect(written.lost == [])
    let again = try #require(Reading(written.text, name: "x.ptflow.yaml").file?.net)
    #expect(again.specification.lines == net.specification.lines)
    #expect(try NetFormat.native.write(again)?.text == written.text)
  }

  @Test func `PNML has final markings, and names what it does not say`() throws {
    let net = try #require(Reading(text).file?.net)
    let written = try #require(try NetFormat.pnml.write(net))
    #expect(
      written.lost == [
        "law a + 'b c' = 2", "law a <= 2", "require bounded", "require AG (a <= 2)", "end b c 2, {d} any, a 0",
      ])
    #expect(written.text.contains("<place idref=\"p2\"><text>1</text></place>"))
    #expect(Reading(written.text).file?.net.specification.lines == ["end b c 1", "end e1 1, e2 1"])
  }

  @Test func `final markings of PNML name ids, also of references, and those without tokens are none`() throws {
    let reading = Reading(
      """
      <pnml><net><page>
      <place id="p1"><name><text>done</text></name></place>
      <place id="p2"/><referencePlace id="r" ref="p2"/></page>
      <finalmarkings><marking/><marking><place idref="p1"><text>2</text></place><place idref="r"><text>0</text></place></marking>
      <marking><place idref="r"><text>1</text></place></marking></finalmarkings></net></pnml>
      """)
    #expect(reading.diagnostics.errors == [])
    #expect(reading.file?.net.specification.lines == ["end done 2", "end p2 1"])
  }

  @Test(arguments: [
    (#"<marking><place idref="q"><text>1</text></place></marking>"#, #"a final marking names "q", which is no place"#),
    (#"<marking><place><text>1</text></place></marking>"#, "a place of a final marking has no idref"),
    (
      #"<marking><place idref="p"><text>x</text></place></marking>"#,
      #"the final marking of "p" is "x", which is not a whole number"#
    ),
    (
      #"<marking><place idref="p" n="2"><text>1</text></place></marking>"#,
      "the attribute n means nothing in this <place>"
    ),
    (#"<marking>3</marking>"#, #"the text "3" means nothing in this <marking>"#),
    (#"<mark/>"#, "<mark> means nothing in <finalmarkings>"),
    (#"<marking><place idref="p"><name/><text>1</text></place></marking>"#, "<name> means nothing in <place>"),
  ])
  func `a final marking that cannot be read is refused`(_ markings: String, _ message: String) {
    let reading = Reading(
      #"<pnml><net><place id="p"/><finalmarkings>\#(markings)</finalmarkings></net></pnml>"#)
    #expect(reading.diagnostics.errors.map(\.message.description).contains(message), "\(reading.told)")
  }
}
