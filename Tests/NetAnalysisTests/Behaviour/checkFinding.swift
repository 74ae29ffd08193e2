import NetAnalysis
import PetriNet
import Testing

/// Whether a claim was proved or refuted; nil when it was not decided.
func truth(_ finding: Finding) -> Bool? {
  switch finding.verdict {
  case .proved: true
  case .refuted: false
  case .undecided: nil
  }
}

/// Fires a sequence by the firing rule; a sequence that cannot be fired fails the test.
func play(_ path: some Sequence<Int>, in net: Net, from marking: Marking? = nil) throws -> Marking {
  try path.reduce(marking ?? net.initialMarking) { try net.fire($1, in: $0) }
}

/// Whether a finding's witness shows what it claims, by the firing rule.
func check(_ finding: Finding, _ claim: Claim, of net: Net) throws {
  guard finding.verdict == .refuted else { return #expect(finding.witness.isEmpty) }
  let end = try play(finding.witness, in: net)
  switch claim {
  case .bounded:
    let loop = try #require(finding.pump)
    #expect(loop.upperBound == finding.witness.count)
    let before = try play(finding.witness[..<loop.lowerBound], in: net)
    #expect(zip(before.counts, end.counts).allSatisfy { $0 <= $1 } && before != end)
    // Hundreds of times more, and each time it grows, unless it meets the end of 64 bits.
    var last = end
    for _ in 0..<250 where last.counts.allSatisfy({ $0 < Int.max / 2 }) {
      let next = try play(finding.witness[loop], in: net, from: last)
      #expect(zip(last.counts, next.counts).allSatisfy { $0 <= $1 } && last != next)
      last = next
    }
  case .safe: #expect(end.counts.contains { $0 > 1 })
  case .deadlockFree: #expect(net.transitions.indices.allSatisfy { !net.enables($0, in: end) })
  case .quasiLive: #expect(finding.witness.isEmpty)
  case .live, .reversible, .sound: break
  }
}
