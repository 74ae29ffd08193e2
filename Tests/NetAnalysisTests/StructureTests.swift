import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct StructureTests {
  @Test func `a ring is a state machine and a marked graph`() throws {
    let net = try Net(
      name: "ring", places: [Place("a", initial: 1), Place("b")], transitions: [Transition("s"), Transition("t")],
      arcs: [
        Arc(.input, place: 0, transition: 0), Arc(.output, place: 1, transition: 0),
        Arc(.input, place: 1, transition: 1), Arc(.output, place: 0, transition: 1),
      ])
    let structure = Structure(of: net)
    #expect(
      structure.words
        == ["state machine", "marked graph", "free choice", "ordinary", "strongly connected", "conservative"])
    #expect(structure.outstanding(in: net).isEmpty)
  }

  @Test func `a weight, a read or a reset leaves the classes, and what no arc touches is isolated`() throws {
    let net = try Net(
      name: "n", places: [Place("a"), Place("alone")], transitions: [Transition("t"), Transition("idle")],
      arcs: [Arc(.input, place: 0, transition: 0, weight: 2)])
    let structure = Structure(of: net)
    #expect(structure.words == ["subconservative"])
    #expect(
      structure.outstanding(in: net)
        == ["source place a", "isolated place alone", "sink transition t", "isolated transition idle"])
    #expect(structure.isPlaceTransitionNet)
    #expect(structure.isolatedPlaces == [1])
    #expect(structure.isolatedTransitions == [1])
    let reset = try Net(
      name: "n", places: [Place("a")], transitions: [Transition("t")], arcs: [Arc(.reset, place: 0, transition: 0)])
    #expect(!Structure(of: reset).isPlaceTransitionNet)
  }

  @Test func `where tokens come from and where they go is told`() throws {
    let net = try Net(
      "n", [Place("from"), Place("to"), Place("alone")],
      [.t("make", .output("from")), .t("move", .input("from"), .output("to")), .t("drop", .input("from", 2))])
    let structure = Structure(of: net)
    #expect(structure.sourcePlaces == [])
    #expect(structure.sinkPlaces == [1])
    #expect(structure.sourceTransitions == [0])
    #expect(structure.sinkTransitions == [2])
    #expect(structure.isolatedPlaces == [2])
    #expect(
      structure.outstanding(in: net)
        == ["sink place to", "isolated place alone", "source transition make", "sink transition drop"])
    #expect(!structure.isStronglyConnected)
    #expect(!structure.isSubconservative)
    let emptied = try Net("n", [Place("p", initial: 1)], [.t("t", .reset("p"))])
    #expect(!Structure(of: emptied).isConservative)
    #expect(Structure(of: emptied).isSubconservative)
    // A reset takes tokens, too.
    #expect(Structure(of: emptied).outstanding(in: emptied) == ["source place p", "sink transition t"])
  }

  @Test(
    .enabled(if: ContestNet.all.count > 0, "the folder of shared nets is not beside the project"),
    arguments: ContestNet.all)
  func `the classes of a contest's net are the known ones`(_ known: ContestNet) throws {
    let structure = Structure(of: try known.net())
    #expect(structure.isOrdinary == known.ordinary)
    #expect(structure.isFreeChoice == known.freeChoice)
    #expect(structure.isExtendedFreeChoice == known.extendedFreeChoice)
    #expect(structure.isStateMachine == known.stateMachine)
    #expect(structure.isMarkedGraph == known.markedGraph)
    #expect(structure.isStronglyConnected == known.stronglyConnected)
    #expect(structure.isConservative == known.conservative)
    #expect(structure.isSubconservative == known.subconservative)
  }
}
