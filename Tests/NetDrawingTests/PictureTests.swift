import Foundation
import NetDrawing
import PetriNet
import TestNets
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct PictureTests {
  /// Arcs of all five kinds.
  private func small() throws -> Net {
    try Net(
      "small", [Place("a&lt;", initial: 3), Place("b \"1\"", capacity: 7)],
      [
        .t("go", .input("a&lt;", 2), .output("b \"1\""), .inhibitor("b \"1\"", 5)),
        .t("look\\", .read("a&lt;"), .reset("b \"1\""), .input("b \"1\"", 2)),
      ])
  }

  @Test func `Graphviz gets the net in its language`() throws {
    let net = try small()
    #expect(
      dot(Picture(of: net, marking: net.initialMarking)) == #"""
        digraph "small" {
          rankdir=LR
          node [fontname="Helvetica", fontsize=11]
          edge [fontname="Helvetica", fontsize=10]
          n0 [shape=circle, width=0.55, fixedsize=true, label="●●●", xlabel="a&amp;lt;"]
          n1 [shape=circle, width=0.55, fixedsize=true, label="", xlabel="b \"1\" ≤ 7"]
          n2 [shape=box, height=0.35, penwidth=2.5, label="go"]
          n3 [shape=box, height=0.35, label="look\\"]
          n0 -> n2 [label="2"]
          n1 -> n2 [label="5", arrowhead=odot]
          n2 -> n1
          n0 -> n3 [arrowhead=dot]
          n1 -> n3 [label="2"]
          n1 -> n3 [arrowhead=normalnormal]
        }

        """#)
  }

  @Test func `Mermaid gets the net in its language`() throws {
    let net = try small()
    #expect(
      mermaid(Picture(of: net, marking: Marking([12, 0]))) == #"""
        flowchart LR
          n0(("a#38;lt#59;<br/>12"))
          n1(("b #34;1#34; ≤ 7"))
          n2["go"]
          n3["look#92;"]
          n0 -->|"2"| n2
          n1 --o|"5"| n2
          n2 --> n1
          n0 -.- n3
          n1 -->|"2"| n3
          n1 -.->|"reset"| n3
          classDef strong stroke-width:3px
          class n2 strong

        """#)
  }

  @Test(arguments: [
    ("1. item", "1#46; item"), ("- item", "#45; item"), ("a-b.c", "a-b.c"), ("a_b*c`", "a#95;b#42;c#96;"),
    ("a\nb", "a␊b"),
  ])
  func `a name is no Markdown`(name: String, written: String) throws {
    let net = try Net(name: "n", places: [], transitions: [Transition(name)], arcs: [])
    #expect(mermaid(Picture(of: net, marking: net.initialMarking)).contains("n0[\"\(written)\"]"))
  }

  @Test func `names that are hard on whoever writes XML are in the SVG as they are`() throws {
    let names = hostileNames + ["<b>&amp;</b>", "]]>", "\u{0}", "\u{fffe}", "a\u{301}"]
    let places = names.enumerated().map { Place($1, position: Position(x: Double($0) * 10, y: 0)) }
    let transitions = names.enumerated().map { Transition($1, position: Position(x: Double($0) * 10, y: 100)) }
    let arcs = names.indices.map { Arc(.input, place: $0, transition: names.count - 1 - $0) }
    let net = try Net(name: names[6], title: "<&>", places: places, transitions: transitions, arcs: arcs)
    let picture = Picture(of: net, marking: net.initialMarking)
    let document = SVG(svg(picture, layout: try #require(Layout(of: net, picture: picture))))
    #expect(document.problem == nil)
    #expect(document.titles.first == "<&>")
    #expect(document.titles.count == 1 + 2 * names.count)
    #expect(document.titles.contains("<b>&amp;</b>"))
    #expect(document.titles.contains("␀"))
    #expect(document.count["path"] == names.count + 2)
    for text in [dot(picture), mermaid(picture)] {
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
    #expect(dot(picture).split(separator: "\n").count == 5 + 3 * names.count)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 1234, Int.max])
  func `tokens are dots up to five`(tokens: Int) throws {
    let net = try Net(
      name: "n", places: [Place("p", initial: tokens, position: Position(x: 0, y: 0))], transitions: [], arcs: [])
    let picture = Picture(of: net, marking: net.initialMarking)
    let document = SVG(svg(picture, layout: try #require(Layout(of: net, picture: picture))))
    // One circle is the place, two are the heads of arcs.
    #expect(document.count["circle"] == 3 + (tokens <= 5 ? tokens : 0))
    #expect(document.texts.contains("\(tokens)") == (tokens > 5))
  }

  @Test func `nodes that would lie on each other move apart, and at one point they have no layout`() throws {
    func layout(_ distance: Double) throws -> Layout? {
      let net = try Net(
        name: "n", places: [Place("p", position: Position(x: 0, y: 5))],
        transitions: [Transition("t", position: Position(x: distance, y: 5))], arcs: [])
      return Layout(of: net, picture: Picture(of: net, marking: net.initialMarking))
    }
    #expect(try layout(200)?.nodes.map(\.x) == [0, 200])
    #expect(try layout(30)?.nodes.map(\.x) == [0, 45])
    #expect(try layout(0) == nil)
    #expect(try layout(.infinity) == nil)
    let without = try small()
    #expect(Layout(of: without, picture: Picture(of: without, marking: without.initialMarking)) == nil)
  }

  @Test func `an edge ends at the borders, and two between the same nodes do not meet`() throws {
    let net = try Net(
      name: "n", places: [Place("p", initial: 1, position: Position(x: 0, y: 0))],
      transitions: [Transition("t", position: Position(x: 200, y: 0))],
      arcs: [Arc(.input, place: 0, transition: 0)])
    let picture = Picture(of: net, marking: net.initialMarking)
    let layout = try #require(Layout(of: net, picture: picture))
    #expect(
      svg(picture, layout: layout).contains("<path d=\"M20 0C66.7 0 133.3 0 185 0\" marker-end=\"url(#arrow)\"/>"))
    var both = picture
    both.edges.append(Picture.Edge(from: 1, to: 0, label: "3"))
    both.edges.append(Picture.Edge(from: 0, to: 0))
    let text = svg(both, layout: try #require(Layout(plain: Self.plain, of: both)))
    // From the place's circle to the box of 30 pixels.
    #expect(text.contains("<path d=\"M19.6 -3.9C48 -9.6 96 -9.6 177"), "\(text)")
    #expect(SVG(text).problem == nil)
  }

  /// What dot says, as its manual describes it.
  static let plain = """
    graph 1 3 1
    node n0 0 0 0.4 0.7 "" solid box black lightgrey
    node n1 2 0 0.3 0.3 "" solid box black lightgrey
    edge n0 n1 4 0.2 0 0.5 0.1 1 0.1 1.8 0 solid black
    edge n0 n0 4 0.2 0 0.5 0.5 0.5 -0.5 0.2 0 solid black
    edge n1 n0 4 1.8 0 1 -0.1 0.5 -0.1 0.2 0 solid black
    stop

    """

  @Test func `dot finds a place for labels, and edges with the same ends keep their order`() throws {
    let picture = Picture(
      title: "p",
      nodes: [.init(.transition(isEnabled: false), label: "a"), .init(.transition(isEnabled: false), label: "b")],
      edges: [.init(from: 0, to: 1, label: "<first>"), .init(from: 0, to: 1, label: "second"), .init(from: 0, to: 1)])
    let input = Layout.input(for: picture)
    // Seven letters of 6.4 pixels and a rim of 8, in points of 72 an inch.
    #expect(
      input.contains("n0 -> n1 [label=<<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"40\" HEIGHT=\"11\">"), "\(input)")
    #expect(input.hasSuffix("\nn0 -> n1\n}\n"))
    let plain = """
      graph 1 3 1
      node n0 0 0 0.3 0.3 "" solid box black lightgrey
      node n1 2 0 0.3 0.3 "" solid box black lightgrey
      edge n0 n1 4 0.2 0 0.5 0.1 1 0.1 1.8 0 <<TABLE BORDER="0"><TR></TR></TABLE>> 1 0.5 solid black
      edge n0 n1 4 0.2 0 0.5 0.2 1 0.2 1.8 0 x 1 -0.5 solid black
      edge n0 n1 4 0.2 0 0.5 0.3 1 0.3 1.8 0 solid black
      stop

      """
    let layout = try #require(Layout(plain: plain, of: picture))
    #expect(layout.edges.map(\.label) == [Position(x: 96, y: -48), Position(x: 96, y: 48), nil])
    let text = svg(picture, layout: layout)
    #expect(text.contains("<text x=\"96\" y=\"-44\">&lt;first&gt;</text>"), "\(text)")
    #expect(text.contains("<text x=\"96\" y=\"52\">second</text>"), "\(text)")
  }

  @Test func `a layout of another picture is none`() throws {
    let net = try small()
    let picture = Picture(of: net, marking: net.initialMarking)
    #expect(Layout(plain: Self.plain, of: picture) == nil)
    for text in [
      "", "node", "node n0 1", "edge n0 n1 4 1 1", "edge n0 n1 -2", "edge n0 n1 9223372036854775807 1",
      "node n0 nan 1e300",
    ] {
      #expect(Layout(plain: text, of: picture) == nil)
    }
  }
}

/// An SVG document, read.
private final class SVG: NSObject, XMLParserDelegate {
  private(set) var titles: [String] = []
  private(set) var texts: [String] = []
  private(set) var count: [String: Int] = [:]
  private(set) var problem: String?
  private var text = ""

  init(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { problem = "\(parser.lineNumber): \(String(describing: parser.parserError))" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    count[name, default: 0] += 1
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "title" { titles.append(text) }
    if name == "text" { texts.append(text) }
  }
}
