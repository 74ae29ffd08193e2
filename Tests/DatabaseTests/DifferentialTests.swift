import Compiler
import Foundation
import Installer
import PetriNet
import Plan
import Postgres
import TestNets
import TestServer
import Testing

/// The SQL against the reference semantics: what the one allows, refuses and leaves behind, the other does too.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DifferentialTests {
  @Test(.enabled(if: ContestNets.exist, "\(ContestNets.absence)"), arguments: ContestNets.files)
  func `a net of the contest does in the database what it does on paper`(_ file: String) throws {
    let plan = try plan(file: ContestNets.folder.appending(path: file))
    try walk([plan], seed: 2023, events: 200)
  }

  @Test(arguments: Examples.files)
  func `a net of ours does in the database what it does on paper`(_ file: String) throws {
    let plan = try plan(file: Examples.folder.appending(path: file))
    try walk([plan], seed: 1, events: 200)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `random nets do in the database what they do on paper`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let nets = try (1...5).map { number in
      try Net.random("net \(number)'s \"own\"", names: number == 1 ? [] : hostileNames, using: &generator)
    }
    try walk(try nets.map { try plan($0) }, seed: seed, events: 60)
  }

  private func walk(_ plans: [NetPlan], seed: UInt64, events: Int) throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      try connection.execute("SET synchronous_commit = off")
      _ = try install(plans, facade: nil, on: connection)
      for plan in plans {
        try Walk(net: plan.net, seed: seed, events: events).run(on: connection, id: "w")
      }
    }
  }
}
