import Diagnostics
import Foundation
import NetFormats
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct SemiflowCoverTests {
  @Test(arguments: 0..<200)
  func `each row that has a minimal semiflow gets one`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let matrix = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
      (0..<5).compactMap { column in
        let weight = generator.once(in: 2) ? Int.random(in: -3...3, using: &generator) : 0
        return weight == 0 ? nil : Weighted(column, weight)
      }
    }
    let limit = WorkLimit(steps: 1_000_000)
    let minimal = try #require(minimalSemiflows(of: matrix, limit: limit, shouldStop: { false }))
    let covering = coveringSemiflows(of: matrix, limit: limit, shouldStop: { false })
    #expect(Set(covering).isSubset(of: minimal))
    #expect(Set(covering.joined().map(\.index)) == Set(minimal.joined().map(\.index)))
    #expect(coveringSemiflows(of: matrix, limit: WorkLimit(steps: 0), shouldStop: { false }).isEmpty)
  }

  @Test func `the laws of a game are found, though it has more minimal semiflows than can be listed`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "nets/tictactoe.ptflow.yaml")
    let net = try readNet(SourceFile(name: "tictactoe", bytes: Array(try Data(contentsOf: file))), name: "tictactoe")
      .net
    #expect(placeSemiflows(of: net) == nil)
    let laws = LinearFacts(of: net).invariants.map { $0.words(in: net) }
    for row in 0...2 {
      for column in 0...2 {
        #expect(laws.contains("P\(row)\(column) + X_ON_\(row)\(column) + O_ON_\(row)\(column) = 1"))
      }
      #expect(laws.contains("X_ON_\(row)0 + X_ON_\(row)1 + X_ON_\(row)2 - X_ROW\(row) = 0"))
    }
    #expect(laws.contains("X_TURN + O_TURN + X_WON + O_WON + DRAWN = 1"))
    #expect(laws.contains("P00 + P01 + P02 + P10 + P11 + P12 + P20 + P21 + P22 + MOVES = 9"))
    let bounds = LinearFacts(of: net).bounds
    #expect(zip(net.places, bounds).allSatisfy { $0.capacity ?? 1 == $1?.most })
  }
}
