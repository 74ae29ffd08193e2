import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct SoundnessTests {
  private func soundness(_ places: [Place], _ transitions: [TransitionDraft]) throws -> (Finding, Behaviour, Net) {
    let net = try Net("net", places, transitions)
    let behaviour = examine(net, bounds: net.places.map { _ in nil }, limits: Limits(markings: 500))
    let finding = behaviour[.sound]
    if !finding.witness.isEmpty { _ = try play(finding.witness, in: net) }
    return (finding, behaviour, net)
  }

  private let ends = [Place("i", initial: 1), Place("a"), Place("b"), Place("o")]

  @Test func `a case that splits and joins is sound`() throws {
    let (finding, behaviour, _) = try soundness(
      ends,
      [.t("split", .input("i"), .output("a"), .output("b")), .t("join", .input("a"), .input("b"), .output("o"))])
    #expect(finding.verdict == .proved)
    #expect(behaviour.workflow?.isWorkflowNet == true)
  }

  @Test func `a choice that is joined gets stuck`() throws {
    let (finding, _, net) = try soundness(
      ends,
      [
        .t("left", .input("i"), .output("a")), .t("right", .input("i"), .output("b")),
        .t("join", .input("a"), .input("b"), .output("o")),
      ])
    #expect(finding.verdict == .refuted)
    #expect(finding.reason == "a case gets stuck with a")
    #expect(net.words(path: finding.witness) == "left")
  }

  @Test func `a split that is not joined leaves tokens behind`() throws {
    let (finding, _, _) = try soundness(
      ends,
      [
        .t("split", .input("i"), .output("a"), .output("b")), .t("left", .input("a"), .output("o")),
        .t("right", .input("b"), .output("o")),
      ])
    #expect(finding.verdict == .refuted)
    #expect(finding.reason == "a case ends in o and leaves tokens behind: b, o")
  }

  @Test func `a cycle without a way out is no end`() throws {
    let (finding, _, _) = try soundness(
      ends,
      [
        .t("finish", .input("i"), .output("o")), .t("stray", .input("i"), .output("a")),
        .t("to", .input("a"), .output("b")), .t("fro", .input("b"), .output("a")),
      ])
    #expect(finding.verdict == .refuted)
    #expect(finding.reason.hasPrefix("a case goes round for ever"))
    #expect(finding.witness == [1])
  }

  @Test func `a transition that never fires is of no use`() throws {
    let (finding, _, _) = try soundness(
      ends,
      [
        .t("go", .input("i"), .output("a")), .t("finish", .input("a"), .output("o")),
        .t("never", .input("a"), .input("b"), .output("o")), .t("nor", .input("b"), .output("b"), .input("a")),
      ])
    #expect(finding.verdict == .refuted)
    #expect(finding.reason == "never never fires")
  }

  @Test func `a pump is the reason when a net has no bound`() throws {
    let (finding, _, _) = try soundness(
      [Place("i", initial: 1), Place("a"), Place("junk"), Place("o")],
      [
        .t("go", .input("i"), .output("a")), .t("more", .input("a"), .output("a"), .output("junk")),
        .t("finish", .input("a"), .input("junk"), .output("o")),
      ])
    #expect(finding.verdict == .refuted)
  }

  @Test func `a case that comes back to its beginning is one, but of no workflow net`() throws {
    let (finding, behaviour, _) = try soundness(
      [Place("i", initial: 1), Place("a"), Place("o")],
      [
        .t("go", .input("i"), .output("a")), .t("again", .input("a"), .output("i")),
        .t("finish", .input("a"), .output("o")),
      ])
    #expect(finding.verdict == .proved)
    #expect(behaviour.workflow?.ends.map(\.terms) == [[Weighted(2, 1)]])
    #expect(behaviour.workflow?.isWorkflowNet == false)
  }

  @Test func `several ends are ends`() throws {
    let (finding, behaviour, _) = try soundness(
      [Place("i", initial: 1), Place("yes"), Place("no")],
      [.t("accept", .input("i"), .output("yes")), .t("reject", .input("i"), .output("no"))])
    #expect(finding.verdict == .proved)
    #expect(behaviour.workflow?.ends.map(\.terms) == [[Weighted(1, 1)], [Weighted(2, 1)]])
    #expect(behaviour.workflow?.isWorkflowNet == false)
  }

  @Test func `a net that begins otherwise, or never ends, is no workflow`() throws {
    let (two, _, _) = try soundness([Place("i", initial: 2), Place("o")], [.t("t", .input("i"), .output("o"))])
    #expect(two.verdict == .undecided)
    let (ring, _, _) = try soundness(
      [Place("i", initial: 1), Place("o")], [.t("t", .input("i"), .output("o")), .t("u", .input("o"), .output("i"))])
    #expect(ring.verdict == .undecided)
  }

  @Test func `stated ends are where cases end, whatever the net begins with`() throws {
    func verdict(_ ends: [[FinalMarking.Part]], _ places: [Place], _ transitions: [TransitionDraft]) throws -> Finding {
      let net = try Net("net", places, transitions)
      let stated = try Net(
        name: "net", places: net.places, transitions: net.transitions, arcs: net.arcs,
        specification: Specification(ends: ends.map { FinalMarking($0) }))
      let finding = examine(stated, bounds: net.places.map { _ in nil }, limits: Limits(markings: 500))[.sound]
      if !finding.witness.isEmpty { _ = try play(finding.witness, in: stated) }
      return finding
    }
    let places = [Place("i", initial: 2), Place("o"), Place("stock", initial: 9), Place("log")]
    let work: [TransitionDraft] = [.t("t", .input("i"), .input("stock"), .output("o"), .output("log"))]
    func parts(_ o: Int, _ stock: Int?, _ log: Int?) -> [FinalMarking.Part] {
      [.init("o", tokens: o), .init("stock", tokens: stock), .init("log", tokens: log)]
    }
    #expect(try verdict([parts(2, 7, 2)], places, work).verdict == .proved)
    #expect(try verdict([parts(2, nil, nil)], places, work).verdict == .proved)
    #expect(try verdict([[.init("o", tokens: 2)]], places, work).reason.hasPrefix("a case ends in o 2 and leaves"))
    let early = try verdict([parts(1, nil, nil)], places, work)
    #expect(early.reason == "a case ends in o and leaves tokens behind: i, o, stock 8, log")
    #expect(early.witness == [0])
    let half = [FinalMarking.Part("i", tokens: 1)] + parts(1, nil, nil)
    #expect(try verdict([half, parts(2, nil, nil)], places, work).verdict == .proved)
    #expect(try verdict([parts(3, nil, nil)], places, work).reason == "a case gets stuck with o 2, stock 7, log 2")

    let ring: [TransitionDraft] = [.t("go", .input("i"), .output("o")), .t("back", .input("o"), .output("i"))]
    let two = [Place("i", initial: 1), Place("o")]
    #expect(try verdict([[.init("i", tokens: 1)]], two, ring).verdict == .proved)
    #expect(try verdict([[]], two, ring).reason.hasPrefix("a case goes round for ever"))
    #expect(try verdict([[]], [Place("i", initial: 1)], [.t("take", .input("i"))]).verdict == .proved)

    // What is pumped stays behind, unless it may.
    let pump: [TransitionDraft] = [
      .t("more", .input("i"), .output("i"), .output("a")), .t("end", .input("i"), .output("o")),
    ]
    let three = [Place("i", initial: 1), Place("a"), Place("o")]
    #expect(try verdict([[.init("o", tokens: 1)]], three, pump).verdict == .refuted)
    #expect(try verdict([[.init("o", tokens: 1), .init("a", tokens: nil)]], three, pump).verdict == .undecided)
  }

  @Test(
    .enabled(if: KnownNet.samples.count > 0, "the folder of shared nets is not beside the project"),
    arguments: [
      ("CapacityPlanning", true), ("Example-Workflow", true), ("Example", true), ("Insurance", false),
      ("LoanApplication", true), ("LoanApplicationResources", true),
    ])
  func `WoPeD's workflow nets are sound, but for the one whose branches are not joined`(
    _ name: String, _ isSound: Bool
  ) throws {
    let known = try #require(KnownNet.samples.first { $0.file == "woped/\(name).pnml" })
    let net = try known.net()
    let behaviour = examine(net, bounds: net.places.map { _ in nil })
    #expect(behaviour.workflow?.isWorkflowNet == true)
    #expect(truth(behaviour[.sound]) == isSound)
  }
}
