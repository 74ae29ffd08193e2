import Foundation
import PetriNet
import Postgres
import TestNets
import Testing

/// A random walk through a net in a database, each step of it held against the reference semantics.
struct Walk {
  let net: Net
  let seed: UInt64
  let events: Int

  /// Walks; the first step that differs ends it.
  func run(on connection: borrowing Connection, id: String) throws {
    var generator = SeededGenerator(seed: seed)
    var marking = net.initialMarking
    var seq = 0
    try connection.create(net.name, id)
    try connection.create(net.name, "bystander")
    for step in 1...events {
      guard let transition = choose(in: marking, using: &generator) else { break }
      let times = times(using: &generator)
      let action = net.transitions[transition].name
      let place: Comment = "seed \(seed), step \(step): \(action) x\(times) at \(marking.counts)"
      let obstacles = net.obstacles(to: transition, times: times, in: marking)
      if obstacles.isEmpty {
        marking = try net.fire(transition, times: times, in: marking)
        seq += 1
        let answer = try connection.dispatch(net.name, id, action, multiple: times)
        try #require(answer.state == named(marking), place)
        try #require(answer.seq == seq, place)
      } else {
        let refusal = try connection.refusal(dispatching: action, net.name, id, multiple: times)
        try #require(refusal.code == "PT409", place)
        try #require(refusal.places == obstacles.map(reason), place)
      }
    }
    #expect(try connection.state(net.name, id) == named(marking), "seed \(seed)")
    #expect(try connection.state(net.name, "bystander") == named(net.initialMarking), "seed \(seed)")
    #expect(try connection.problems(net.name) == [], "seed \(seed)")
  }

  /// An enabled transition, or one time in three a disabled one, as far as there are such.
  private func choose(in marking: Marking, using generator: inout SeededGenerator) -> Int? {
    let wantsEnabled = !generator.once(in: 3)
    let shuffled = net.transitions.indices.shuffled(using: &generator)
    return shuffled.first { net.enables($0, in: marking) == wantsEnabled } ?? shuffled.first
  }

  /// Mostly one, sometimes a few, seldom more than there can be.
  private func times(using generator: inout SeededGenerator) -> Int {
    if generator.once(in: 25) { return Int.max - Int.random(in: 0...1, using: &generator) }
    return generator.once(in: 4) ? Int.random(in: 2...3, using: &generator) : 1
  }

  private func named(_ marking: Marking) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: zip(net.places.map(\.name), marking.counts))
  }

  private func reason(_ obstacle: Obstacle) -> Refusal.Reason {
    Refusal.Reason([
      "place": .text(net.places[obstacle.place].name),
      "condition": .text(obstacle.condition.rawValue),
      "tokens": .number(Decimal(obstacle.tokens)),
      "need": .number(Decimal(string: "\(obstacle.need)") ?? .nan),
    ])
  }
}
