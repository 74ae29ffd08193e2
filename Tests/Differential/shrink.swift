import PetriNet
import Reference

/// Makes a case that differs smaller, as long as it still does: first the calls, then the arcs, the transitions, the
/// places, and the calls once more. What does not differ in a database of its own stays as it is.
func shrink(_ seed: UInt64, _ one: Case, _ calls: [Call], _ difference: Difference) -> Finding {
  let first = Array(calls.prefix((difference.call ?? calls.count) + 1))
  var smallest = Smallest(one: one, calls: first, difference: difference)
  guard smallest.keep(smallest.one, smallest.calls) else {
    return Finding(seed: seed, one: one, calls: smallest.calls, difference: difference)
  }
  if let last = smallest.calls.last, let id = last.id {
    _ = smallest.keep(smallest.one, smallest.calls.filter { $0.id.map { $0.isExactly(id) } ?? false })
  }
  smallest.dropCalls()
  smallest.dropArcs()
  smallest.dropNodes()
  smallest.dropCalls()
  return Finding(seed: seed, one: smallest.one, calls: smallest.calls, difference: smallest.difference)
}

/// The smallest case so far.
private struct Smallest {
  var one: Case
  var calls: [Call]
  var difference: Difference
  /// How many more databases may be made.
  private var attempts = 400

  init(one: Case, calls: [Call], difference: Difference) {
    self.one = one
    self.calls = calls
    self.difference = difference
  }

  /// Keeps a smaller case if it differs.
  mutating func keep(_ one: Case, _ calls: [Call]) -> Bool {
    guard attempts > 0 else { return false }
    attempts -= 1
    guard let found = Differential.difference(of: one, calls), found.kind == difference.kind else { return false }
    self.one = one
    self.difference = found
    self.calls = Array(calls.prefix((found.call ?? calls.count) + 1))
    return true
  }

  /// Drops ever smaller runs of calls.
  mutating func dropCalls() {
    var length = max(1, calls.count / 2)
    while true {
      var end = calls.count
      while end > 0 {
        let start = max(0, end - length)
        if start < calls.count {
          _ = keep(one, Array(calls[..<start] + calls[min(end, calls.count)...]))
        }
        end = start
      }
      if length == 1 { return }
      length /= 2
    }
  }

  mutating func dropArcs() {
    for number in one.net.arcs.indices.reversed() {
      var arcs = one.net.arcs
      arcs.remove(at: number)
      keepNet(one.net.places, one.net.transitions, arcs)
    }
  }

  /// Drops the transitions and places without arcs.
  mutating func dropNodes() {
    for number in one.net.transitions.indices.reversed() where one.net.arcs(of: number).isEmpty {
      var transitions = one.net.transitions
      transitions.remove(at: number)
      let arcs = one.net.arcs.map { arc in
        Arc(
          arc.kind, place: arc.place, transition: arc.transition > number ? arc.transition - 1 : arc.transition,
          weight: arc.weight)
      }
      keepNet(one.net.places, transitions, arcs)
    }
    for number in one.net.places.indices.reversed() where !one.net.arcs.contains(where: { $0.place == number }) {
      var places = one.net.places
      places.remove(at: number)
      let arcs = one.net.arcs.map { arc in
        Arc(
          arc.kind, place: arc.place > number ? arc.place - 1 : arc.place, transition: arc.transition,
          weight: arc.weight)
      }
      keepNet(places, one.net.transitions, arcs)
    }
  }

  private mutating func keepNet(_ places: [Place], _ transitions: [Transition], _ arcs: [Arc]) {
    guard
      let net = try? Net(name: one.net.name, places: places, transitions: transitions, arcs: arcs, roles: one.net.roles)
    else { return }
    // A role that only a dropped transition names is none any more, and cannot be held.
    let roles = Set(net.roles.map(\.name) + [Role.default, Role.all])
    _ = keep(Case(net: net, memberRoles: one.memberRoles.filter(roles.contains)), calls)
  }
}
