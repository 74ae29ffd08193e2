public import PetriNet
import Reference
import TestNets

/// A net, what the member holds of it, and calls.
public struct Case: Sendable {
  /// The net.
  public var net: Net
  /// The net's roles that the member holds.
  public var memberRoles: [String]

  /// A case; the same for the same seed.
  public init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let suffix = ["", "", "'s \"own\"", " % $$ \\", " größe\n"].randomElement(using: &generator) ?? ""
    let plain = Net.dense("net \(seed)\(suffix)", using: &generator)
    let net = generator.once(in: 3) ? plain.withRules(using: &generator) : plain
    let roles = Set(net.transitions.indices.flatMap { net.roles(of: $0) } + net.roles.map(\.name)).sorted()
    let held = roles.filter { _ in generator.once(in: 2) }
    self.net = net
    memberRoles = held + (generator.once(in: 12) ? [Role.all] : [])
  }

  /// The case with small numbers and without resets: of such a net a bulk call can decide all events at once.
  public func additive() throws -> Case {
    let places = net.places.map { place in
      var place = place
      place.initial = min(place.initial, 8)
      place.capacity = place.capacity.map { max(min($0, 12), 8) }
      return place
    }
    let arcs = net.arcs.filter { $0.kind != .reset }.map { arc in
      var arc = arc
      arc.weight = min(arc.weight, 5)
      return arc
    }
    return Case(
      net: try Net(name: net.name, places: places, transitions: net.transitions, arcs: arcs, roles: net.roles),
      memberRoles: memberRoles)
  }

  init(net: Net, memberRoles: [String]) {
    self.net = net
    self.memberRoles = memberRoles
  }
}
