import NetAnalysis
import PetriNet
import TestNets
import Testing

/// Nets with too many markings for the memory, of which stubborn sets need a few.
@Suite struct MemoryTests {
  private static let limits = Limits(bytes: 1 << 20)

  /// 40 tokens, each of which goes from one place to another, and back if asked.
  private func tokens(return comesBack: Bool) throws -> Net {
    try Net(
      "tokens", (0..<40).flatMap { [Place("a\($0)", initial: 1), Place("b\($0)")] },
      (0..<40).flatMap { token -> [TransitionDraft] in
        let there: TransitionDraft = .t("there\(token)", .input("a\(token)"), .output("b\(token)"))
        return comesBack ? [there, .t("back\(token)", .input("b\(token)"), .output("a\(token)"))] : [there]
      })
  }

  @Test func `what is kept of the memory finds a deadlock`() throws {
    let net = try tokens(return: false)
    let behaviour = examine(net, bounds: net.places.map { _ in 1 }, limits: Self.limits)
    #expect(behaviour.stop == .memory)
    #expect(behaviour.markings > 10_000)
    #expect(behaviour[.deadlockFree].witness.sorted() == Array(0..<40))
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
    #expect(truth(behaviour[.safe]) == true && truth(behaviour[.quasiLive]) == true)
  }

  @Test func `what is kept of the memory proves that there is none`() throws {
    let net = try tokens(return: true)
    let behaviour = examine(net, bounds: net.places.map { _ in 1 }, limits: Self.limits)
    #expect(behaviour.stop == .memory)
    #expect(behaviour[.deadlockFree].verdict == .proved)
    #expect(behaviour[.deadlockFree].reason.hasPrefix("a search by stubborn sets"))
    #expect(behaviour[.reversible].verdict == .undecided)
  }

  @Test func `a query is answered with what is kept of the memory`() throws {
    let net = try tokens(return: false)
    let all = try Query((0..<40).map { "b\($0) = 1" }.joined(separator: " and "), of: net)
    let found = reach(all, in: net, bounds: net.places.map { _ in 1 }, limits: Self.limits)
    guard case .reachable(let marking, let path) = found.answer else {
      Issue.record("\(found)")
      return
    }
    #expect(path.count == 40)
    #expect(try play(path, in: net) == marking)
  }

  @Test func `when nothing helps, all of the memory is used`() throws {
    // Each token counts in one place, so that no order is enough.
    let net = try Net(
      "counted", (0..<40).map { Place("a\($0)", initial: 1) } + [Place("sum"), Place("twice", initial: 1)],
      (0..<40).flatMap { token -> [TransitionDraft] in
        [
          .t("out\(token)", .input("a\(token)"), .output("sum"), .inhibitor("sum", 41)),
          .t("in\(token)", .output("a\(token)"), .inhibitor("a\(token)"), .input("sum")),
        ]
      })
    func behaviour(bytes: Int) -> Behaviour {
      examine(net, bounds: net.places.indices.map { $0 == 40 ? 41 : 1 }, limits: Limits(bytes: bytes))
    }
    let (all, most) = (behaviour(bytes: 8 * 66_000), behaviour(bytes: 7 * 66_000))
    #expect(all.stop == .memory && most.stop == .memory)
    #expect(all[.deadlockFree].verdict == .undecided)
    #expect(all.markings > most.markings)
  }
}
