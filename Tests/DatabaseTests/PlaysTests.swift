import Compiler
import Foundation
import Installer
import PetriNet
import Plan
import Postgres
import TestServer
import Testing

/// The plays of the example nets, each role of the net played by a role of the database that holds it and nothing else.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct PlaysTests {
  @Test(arguments: Examples.files)
  func `a net of ours has a play`(_ file: String) {
    let name = file.prefix { $0 != "." }
    #expect(Examples.plays.contains { $0.hasPrefix("\(name)-") })
  }

  @Test(arguments: Examples.plays)
  func `a play goes as it is written`(_ file: String) throws {
    let play = try Play(file)
    let name = try #require(Examples.files.first { $0.hasPrefix("\(play.net).") })
    let plan = try plan(file: Examples.folder.appending(path: name))
    try TestDatabase.with { database in
      let owner = try database.connect()
      try owner.execute("SET synchronous_commit = off")
      _ = try install([plan], facade: nil, on: owner)
      let cast = try Cast(of: plan.net, in: database)
      var stage = Stage(net: plan.net)
      for (line, step) in play.steps {
        try stage.play(step, cast, owner: owner, at: "\(file):\(line)")
      }
      #expect(try owner.problems(plan.net.name) == [])
    }
  }
}

/// The members: a login role of the database for each role of a net, with an open session.
private struct Cast {
  /// A session that can be kept in a dictionary.
  final class Member {
    let connection: Connection
    init(_ database: TestDatabase, as role: String) throws {
      connection = try database.connect(as: role)
    }
  }

  let members: [String: Member]
  /// The net's role that makes instances.
  let creator: String

  init(of net: Net, in database: TestDatabase) throws {
    let owner = try database.connect()
    var members: [String: Member] = [:]
    let roles = net.roles.isEmpty ? [Role.default] : net.roles.map(\.name)
    for (number, role) in roles.enumerated() {
      let member = "\(database.name)_\(number)"
      try owner.execute("CREATE ROLE \(member) LOGIN")
      try owner.query("SELECT ptflow.add_grant($1, 'fire', $2, $3)", [net.name, role, member])
      members[role] = try Member(database, as: member)
    }
    self.members = members
    creator = net.roles.first { $0.mayCreate }?.name ?? roles[0]
  }

  func member(_ role: String) throws -> Member { try #require(members[role], "the net has no role \(role)") }
}

/// Where a play stands.
private struct Stage {
  let net: Net
  var id = ""
  /// The tokens after the last event.
  var state: [String: Int] = [:]

  mutating func play(_ step: Play.Step, _ cast: Cast, owner: borrowing Connection, at line: String) throws {
    let line = Comment(rawValue: line)
    switch step {
    case .create(let id):
      self.id = id
      state = try cast.member(cast.creator).connection.create(net.name, id).state
      #expect(state == initial, line)
    case .fire(let role, let action, let multiple, let payload, let outcome):
      try fire(action, multiple, payload, by: cast.member(role), outcome, line)
      #expect(try owner.state(net.name, id) == state, line)
    case .expect(let counts):
      for (place, tokens) in counts { #expect(state[place] == tokens, line) }
    case .enabled(let actions):
      #expect(try Set(owner.enabled(net.name, id)) == Set(actions), line)
    case .end:
      #expect(try state == initial || owner.enabled(net.name, id).isEmpty, line)
    }
  }

  private mutating func fire(
    _ action: String, _ multiple: Int, _ payload: String, by member: Cast.Member, _ outcome: Play.Outcome,
    _ line: Comment
  ) throws {
    switch outcome {
    case .ok:
      state = try member.connection.dispatch(net.name, id, action, payload: payload, multiple: multiple).state
    case .refused(let code, let places):
      let refusal = try member.connection.refusal(
        dispatching: action, net.name, id, payload: payload, multiple: multiple)
      #expect(refusal.code == code, line)
      var named: [String] = []
      for case let place? in refusal.places.map(\.place?.string) where named.last != place { named.append(place) }
      #expect(named == places, line)
    }
  }

  private var initial: [String: Int] {
    Dictionary(uniqueKeysWithValues: net.places.map { ($0.name, $0.initial) })
  }
}
