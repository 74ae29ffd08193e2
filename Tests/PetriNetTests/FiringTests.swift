import PetriNet
import TestNets
import Testing

struct FiringTests {
  @Test func `an input needs its weight and takes it`() throws {
    let rule = try Rule(.input("p", 2))
    #expect(rule.after(2) == 0)
    #expect(rule.after(5) == 3)
    #expect(rule.obstacles(1) == [Obstacle(.input, place: 0, tokens: 1, need: 2)])
  }

  @Test func `a read needs its weight and leaves it`() throws {
    let rule = try Rule(.read("p", 2))
    #expect(rule.after(2) == 2)
    #expect(rule.obstacles(1) == [Obstacle(.read, place: 0, tokens: 1, need: 2)])
  }

  @Test func `an inhibitor needs fewer than its weight and leaves them`() throws {
    let rule = try Rule(.inhibitor("p", 2))
    #expect(rule.after(1) == 1)
    #expect(rule.obstacles(2) == [Obstacle(.inhibitor, place: 0, tokens: 2, need: 2)])
  }

  @Test func `a reset needs nothing and empties the place`() throws {
    let rule = try Rule(.reset("p"))
    #expect(rule.after(0) == 0)
    #expect(rule.after(7) == 0)
    #expect(rule.after(7, times: 3) == 0)
  }

  @Test func `an output puts its weight`() throws {
    #expect(try Rule(.output("p", 3)).after(4) == 7)
  }

  @Test func `an output must fit the capacity`() throws {
    let rule = try Rule(capacity: 5, .output("p", 3))
    #expect(rule.after(2) == 5)
    #expect(rule.obstacles(3) == [Obstacle(.capacity, place: 0, tokens: 3, need: 2)])
  }

  @Test func `what is put where it is taken fits a full place`() throws {
    let rule = try Rule(capacity: 5, .input("p", 3), .output("p", 3))
    #expect(rule.after(5) == 5)
    #expect(try Rule(capacity: 5, .input("p", 1), .output("p", 3)).obstacles(4).map(\.condition) == [.capacity])
  }

  @Test func `a self-loop needs its tokens to be there`() throws {
    let rule = try Rule(.input("p", 3), .output("p", 3))
    #expect(rule.after(3, times: 9) == 3)
    #expect(rule.obstacles(2) == [Obstacle(.input, place: 0, tokens: 2, need: 3)])
    #expect(try Rule(.input("p", 3), .output("p", 4)).obstacles(2).map(\.condition) == [.input])
  }

  @Test func `a reset takes place before the output is added`() throws {
    let rule = try Rule(capacity: 5, .reset("p"), .output("p", 4))
    #expect(rule.after(5) == 4)
    #expect(rule.after(0, times: 8) == 4)
    #expect(try Rule(capacity: 5, .reset("p"), .output("p", 6)).obstacles(0).map(\.condition) == [.capacity])
  }

  @Test func `an input on a place that is reset still needs its tokens`() throws {
    let rule = try Rule(.input("p", 2), .reset("p"), .output("p"))
    #expect(rule.after(6) == 1)
    #expect(rule.obstacles(1).map(\.condition) == [.input])
    #expect(rule.obstacles(6, times: 2) == [Obstacle(.input, place: 0, tokens: 1, need: 2)])
  }

  @Test func `each failing condition is named, by place and in the order of the arcs' kinds`() throws {
    let net = try Net(
      "n", [Place("a", initial: 4, capacity: 4), Place("b")],
      [.t("t", .output("a"), .inhibitor("a", 2), .read("a", 9), .read("b"), .input("b"))])
    #expect(
      net.obstacles(to: 0, in: net.initialMarking) == [
        Obstacle(.read, place: 0, tokens: 4, need: 9), Obstacle(.inhibitor, place: 0, tokens: 4, need: 2),
        Obstacle(.capacity, place: 0, tokens: 4, need: 3), Obstacle(.input, place: 1, tokens: 0, need: 1),
        Obstacle(.read, place: 1, tokens: 0, need: 1),
      ])
    let error = try #require(throws: NotEnabled.self) { try net.fire(0, in: net.initialMarking) }
    #expect(error.obstacles.count == 5)
  }

  @Test func `a transition without arcs always fires and changes nothing`() throws {
    let rule = try Rule()
    #expect(rule.after(3, times: Int.max) == 3)
  }

  @Test func `no more than 64 bits hold is put, and nothing wraps`() throws {
    let rule = try Rule(.output("p", 3))
    #expect(rule.after(Int.max - 3) == Int.max)
    #expect(
      rule.obstacles(Int.max - 2) == [Obstacle(.overflow, place: 0, tokens: Int.max - 2, need: Int128(Int.max) - 3)])
    #expect(
      rule.obstacles(0, times: Int.max) == [
        Obstacle(.overflow, place: 0, tokens: 0, need: Int128(Int.max) - 3 * Int128(Int.max))
      ])
    #expect(try Rule(.input("p", Int.max)).after(Int.max) == 0)
    #expect(
      try Rule(.input("p", Int.max)).obstacles(Int.max, times: Int.max) == [
        Obstacle(.input, place: 0, tokens: Int.max, need: Int128(Int.max) * Int128(Int.max))
      ])
    #expect(try Rule(.inhibitor("p", Int.max), .output("p", Int.max)).after(0) == Int.max)
  }

  @Test func `the first firing of a row needs what the last does not`() throws {
    // Each firing takes two net; the read holds last when three are left.
    let loses = try Rule(.input("p", 3), .output("p", 1), .read("p", 5))
    #expect(loses.after(9, times: 3) == 3)
    #expect(loses.obstacles(8, times: 3).map(\.condition) == [.read])
    // Each puts two; the inhibitor is looked at before the last one.
    let gains = try Rule(.output("p", 2), .inhibitor("p", 5))
    #expect(gains.after(0, times: 3) == 6)
    #expect(gains.obstacles(1, times: 3).map(\.condition) == [.inhibitor])
  }
}

/// One transition at one place.
private struct Rule {
  let net: Net

  init(capacity: Int? = nil, _ arcs: ArcDraft...) throws {
    net = try Net("n", [Place("p", capacity: capacity)], [.t("t", arcs)])
  }

  func obstacles(_ tokens: Int, times: Int = 1) -> [Obstacle] {
    net.obstacles(to: 0, times: times, in: Marking([tokens]))
  }

  /// The tokens after firing; nil when it cannot.
  func after(_ tokens: Int, times: Int = 1) -> Int? { (try? net.fire(0, times: times, in: Marking([tokens])))?[0] }
}
