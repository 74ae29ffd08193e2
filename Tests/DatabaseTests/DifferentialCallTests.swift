import Differential
import TestServer
import Testing

/// Whole calls on dense random nets against a reference of the calls: every answer and every refusal, byte for byte.
/// `make torture` is the same for longer.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DifferentialCallTests {
  @Test(arguments: [1001, 2001, 3001] as [UInt64])
  func `calls answer what the reference answers, or are refused as it refuses`(_ first: UInt64) throws {
    let cases = (first..<first + 4).map { (seed: $0, one: Case(seed: $0)) }
    try Arena.with(cases.map(\.one)) { arena in
      for (seed, one) in cases {
        let tally = try compare(seed: seed, one, calls: 300, in: arena)
        #expect(tally.calls >= 100 && tally.nets == 1)
      }
    }
  }

  @Test(arguments: [5001, 6001] as [UInt64])
  func `a bulk call does what its events do one by one, or nothing`(_ first: UInt64) throws {
    let cases = try (first..<first + 6).map { seed in
      (seed: seed, one: seed % 3 == 0 ? Case(seed: seed) : try Case(seed: seed).additive())
    }
    try Arena.with(cases.map(\.one)) { arena in
      var tally = Tally()
      for (seed, one) in cases { tally.add(try compareBulk(seed: seed, one, batches: 40, in: arena)) }
      #expect(tally.events > 300 && tally.refused > 20, "\(tally)")
    }
  }
}
