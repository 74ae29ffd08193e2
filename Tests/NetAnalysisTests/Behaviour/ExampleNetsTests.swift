import Diagnostics
import Foundation
import NetAnalysis
import NetFormats
import PetriNet
import Testing

/// The project's own nets; the figures are those of `nets/README.md`, which another program counted.
@Suite struct ExampleNetsTests {
  @Test(arguments: [
    ("tictactoe.ptflow.yaml", 6436, 18105, 0), ("order.ptflow.yaml", 604, 931, 3), ("loan.ptflow.yaml", 961, 4933, 1),
    ("approval.ptflow.yaml", 25, 50, 7), ("philosophers.ptflow.yaml", 70, 219, 0),
    ("booking.ptflow.yaml", 2433, 7380, 85),
    ("incident.ptflow.yaml", 11, 16, 1),
  ])
  func `an example net has the markings that its page says`(
    _ file: String, _ markings: Int, _ firings: Int, _ dead: Int
  ) throws {
    let net = try example(file)
    let behaviour = examine(net, bounds: net.places.map { _ in nil })
    #expect(behaviour.markings == markings)
    #expect(behaviour.edges == firings)
    #expect(behaviour.deadlocks == dead)
    #expect(behaviour[.quasiLive].verdict == .proved)
    for claim in Claim.allCases { try check(behaviour[claim], claim, of: net) }
  }

  @Test func `an incident is a sound workflow, an order a sound one with several ends`() throws {
    for (file, isWorkflowNet) in [("incident.ptflow.yaml", true), ("order.ptflow.yaml", false)] {
      let net = try example(file)
      let behaviour = examine(net, bounds: net.places.map { _ in nil })
      #expect(behaviour[.sound].verdict == .proved)
      #expect(behaviour.workflow?.isWorkflowNet == isWorkflowNet)
    }
  }

  @Test func `never do both players win, and either can`() throws {
    let net = try example("tictactoe.ptflow.yaml")
    let bounds: [Int?] = net.places.map { _ in nil }
    guard case .never = reach(try Query("X_WON >= 1 and O_WON >= 1", of: net), in: net, bounds: bounds).answer else {
      Issue.record("both win")
      return
    }
    for (query, moves) in [("X_WON >= 1", 6), ("O_WON >= 1", 7)] {
      guard case .reachable(_, let path) = reach(try Query(query, of: net), in: net, bounds: bounds).answer else {
        Issue.record("\(query) is not found")
        continue
      }
      #expect(path.count == moves)
    }
  }

  private func example(_ file: String) throws -> Net {
    var repository = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { repository.deleteLastPathComponent() }
    let bytes = Array(try Data(contentsOf: repository.appending(path: "nets/\(file)")))
    return try readNet(SourceFile(name: file, bytes: bytes), name: "net").net
  }
}
