import NetAnalysis
import NetDrawing
import PetriNet
import TestNets
import Testing

@Suite struct StatePictureTests {
  /// Two boxes are packed by either of two people or thrown away; what is packed may be unpacked.
  private func picture() throws -> Picture {
    let net = try Net(
      "boxes", [Place("empty", initial: 2), Place("full"), Place("gone")],
      [
        .t("ann", .input("empty"), .output("full")), .t("bob", .input("empty"), .output("full")),
        .t("look", .read("full", 2)), .t("drop", .input("full", 2), .output("gone")),
      ])
    let space = try #require(StateSpace(of: net, bounds: [nil, nil, nil]))
    #expect(space.explore() == nil)
    return Picture(of: space)
  }

  @Test func `a node is a marking, an edge all that leads from one to another`() throws {
    #expect(
      try picture()
        == Picture(
          title: "boxes: reachable markings", direction: .down,
          nodes: [
            .init(.marking(isInitial: true, isDead: false), label: "2·empty"),
            .init(.marking(isInitial: false, isDead: false), label: "empty + full"),
            .init(.marking(isInitial: false, isDead: false), label: "2·full"),
            .init(.marking(isInitial: false, isDead: true), label: "gone"),
          ],
          edges: [
            .init(from: 0, to: 1, label: "ann, bob"), .init(from: 1, to: 2, label: "ann, bob"),
            .init(from: 2, to: 2, label: "look"), .init(from: 2, to: 3, label: "drop"),
          ]))
  }

  @Test func `a marking without tokens is one that is dead at the beginning as well`() throws {
    let net = try Net("n", [Place("p")], [.t("t", .input("p"))])
    let space = try #require(StateSpace(of: net, bounds: [nil]))
    #expect(space.explore() == nil)
    let picture = Picture(of: space)
    #expect(picture.nodes == [.init(.marking(isInitial: true, isDead: true), label: "no tokens")])
    #expect(picture.edges.isEmpty)
    #expect(
      dot(picture).contains(##"n0 [shape=box, style="rounded,filled", fillcolor="#dddddd", penwidth=2.5, label="##))
    #expect(mermaid(picture).hasSuffix("class n0 strong\n  classDef dead fill:#dddddd\n  class n0 dead\n"))
  }

  @Test func `Graphviz gets the markings in its language`() throws {
    #expect(
      dot(try picture()) == #"""
        digraph "boxes: reachable markings" {
          rankdir=TB
          node [fontname="Helvetica", fontsize=11]
          edge [fontname="Helvetica", fontsize=10]
          n0 [shape=box, style=rounded, penwidth=2.5, label="2·empty"]
          n1 [shape=box, style=rounded, label="empty + full"]
          n2 [shape=box, style=rounded, label="2·full"]
          n3 [shape=box, style="rounded,filled", fillcolor="#dddddd", label="gone"]
          n0 -> n1 [label="ann, bob"]
          n1 -> n2 [label="ann, bob"]
          n2 -> n2 [label="look"]
          n2 -> n3 [label="drop"]
        }

        """#)
  }

  @Test func `Mermaid gets the markings in its language`() throws {
    #expect(
      mermaid(try picture()) == #"""
        flowchart TB
          n0("2·empty")
          n1("empty + full")
          n2("2·full")
          n3("gone")
          n0 -->|"ann, bob"| n1
          n1 -->|"ann, bob"| n2
          n2 -->|"look"| n2
          n2 -->|"drop"| n3
          classDef strong stroke-width:3px
          class n0 strong
          classDef dead fill:#dddddd
          class n3 dead

        """#)
  }

  @Test func `many places stand on several lines`() throws {
    let places = (0..<12).map { Place("place number \($0)", initial: 1) }
    let net = try Net(name: "n", places: places, transitions: [], arcs: [])
    let space = try #require(StateSpace(of: net, bounds: places.map { _ in nil }))
    #expect(space.explore() == nil)
    let text = dot(Picture(of: space))
    #expect(text.contains(#"label="place number 0 + place number 1 +\nplace number 2 + "#), "\(text)")
    #expect(text.contains(#"place number 10 + place number 11"]"#), "\(text)")
  }
}
