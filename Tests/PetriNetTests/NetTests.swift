import Diagnostics
import PetriNet
import TestNets
import Testing

import struct Diagnostics.SourceLocation

struct NetTests {
  @Test func `parallel inputs and outputs add up`() throws {
    let net = try Net("n", [Place("p")], [.t("t", .input("p", 2), .input("p", 3), .output("p"), .output("p", 4))])
    #expect(net.arcs.map(\.kind) == [.input, .output])
    #expect(net.arcs.map(\.weight) == [5, 5])
  }

  @Test func `of parallel inhibitors the smallest counts, of reads the largest, a reset counts once`() throws {
    let net = try Net(
      "n", [Place("p")],
      [.t("t", .inhibitor("p", 4), .inhibitor("p", 2), .read("p", 1), .read("p", 7), .reset("p"), .reset("p"))])
    #expect(net.arcs.map(\.kind) == [.read, .inhibitor, .reset])
    #expect(net.arcs.map(\.weight) == [7, 2, 1])
  }

  @Test func `arcs are ordered by transition, place and kind, however they were given`() throws {
    let net = try Net(
      "n", [Place("a"), Place("b")],
      [.t("t", .output("b"), .input("b"), .input("a")), .t("u"), .t("v", .reset("a"), .read("a"))])
    #expect(net.arcs(of: 0).map(\.place) == [0, 1, 1])
    #expect(net.arcs(of: 0).map(\.kind) == [.input, .input, .output])
    #expect(net.arcs(of: 1).isEmpty)
    #expect(net.arcs(of: 2).map(\.kind) == [.read, .reset])
  }

  @Test func `a transition without roles belongs to default`() throws {
    let net = try Net("n", [], [.t("t"), .t("u", by: ["b", "a"])], roles: [Role("a", mayCreate: true)])
    #expect(net.roles(of: 0) == ["default"])
    #expect(net.roles(of: 1) == ["b", "a"])
    #expect(net.roles.map(\.name) == ["a", "b"])
    #expect(net.roles.map(\.mayCreate) == [true, false])
  }

  @Test func `a name in two Unicode normal forms is refused, of places, transitions and roles`() throws {
    func at(_ line: Int) -> SourceLocation { SourceLocation(file: "n.net", line: line, column: 3) }
    let (one, other) = ("caf\u{e9}", "cafe\u{301}")
    let error = try #require(throws: Diagnostics.self) {
      try Net(
        name: "n", places: [Place(one, location: at(1)), Place(other, location: at(2))],
        transitions: [
          Transition(other, roles: [one], location: at(3)), Transition(one, roles: [other], location: at(4)),
          Transition("t", roles: [one, "r\u{e9}"], location: at(5)),
        ],
        arcs: [], roles: [Role("re\u{301}", location: at(6))])
    }
    #expect(error.all.map(\.location.line) == [2, 4, 4, 5])
    #expect(
      error.all.map { $0.rendered(in: nil).split(separator: "\n")[0] } == [
        "n.net:2:3: error: the place \"café\" is written here in another Unicode normal form than at n.net:1:3",
        "n.net:4:3: error: the transition \"café\" is written here in another Unicode normal form than at n.net:3:3",
        "n.net:4:3: error: the role \"café\" is written here in another Unicode normal form than at n.net:3:3",
        "n.net:5:3: error: the role \"ré\" is written here in another Unicode normal form than at n.net:6:3",
      ])
    // Equal to the byte, a role may be named as often as it is held.
    #expect(try Net("n", [], [.t("t", by: [other]), .t("u", by: [other])]).roles.count == 1)
  }

  @Test func `all that is wrong is told at once, in the order of the file`() throws {
    func at(_ line: Int) -> SourceLocation { SourceLocation(file: "n.net", line: line, column: 3) }
    let error = try #require(throws: Diagnostics.self) {
      try Net(
        name: "n",
        places: [
          Place("a", location: at(1)), Place("a", location: at(2)), Place("", location: at(3)),
          Place("b", initial: -1, location: at(4)), Place("c", initial: 3, capacity: 2, location: at(5)),
          Place("d", capacity: 0, location: at(6)),
        ],
        transitions: [
          Transition("t", roles: ["r", "r"], location: at(7)), Transition("t", location: at(8)),
          Transition("u", roles: [""], location: at(9)),
        ],
        arcs: [
          Arc(.input, place: 6, transition: 0, location: at(10)),
          Arc(.input, place: 0, transition: -1, location: at(11)),
          Arc(.input, place: 0, transition: 0, weight: 0, location: at(12)),
          Arc(.output, place: 0, transition: 0, weight: Int.max, location: at(13)),
          Arc(.output, place: 0, transition: 0, weight: 1, location: at(14)),
        ],
        roles: [Role("x", location: at(15)), Role("x", location: at(16))])
    }
    #expect(
      error.rendered(in: nil) == """
        n.net:2:3: error: there are two places called "a"; the first is at n.net:1:3
          rename one of them
        n.net:3:3: error: a place has no name
          give it one
        n.net:4:3: error: place "b" begins with -1 tokens
          a place holds no fewer than 0 tokens
        n.net:5:3: error: place "c" begins with 3 tokens but its capacity is 2
          raise the capacity or lower the initial marking
        n.net:6:3: error: place "d" has the capacity 0
          a capacity is at least 1; leave it out for no limit
        n.net:7:3: error: transition "t" names the role "r" twice
          name it once
        n.net:8:3: error: there are two transitions called "t"; the first is at n.net:7:3
          rename one of them
        n.net:9:3: error: a role has no name
          give it one
        n.net:10:3: error: an arc does not end at a place and a transition of this net
        n.net:11:3: error: an arc does not end at a place and a transition of this net
        n.net:12:3: error: an arc has the weight 0
          a weight is at least 1; remove the arc if it should not be
        n.net:14:3: error: the weights of parallel arcs add up to more than 64 bits hold
          make them smaller
        n.net:16:3: error: there are two roles called "x"; the first is at n.net:15:3
          rename one of them
        """)
  }

  @Test func `a place and a transition may have one name, and a net may be empty`() throws {
    #expect(try Net("n", [Place("x")], [.t("x")]).arcs.isEmpty)
    #expect(try Net("n", [], []).initialMarking == Marking([]))
  }
}
