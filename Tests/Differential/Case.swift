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
    let net = Net.dense("net \(seed)\(suffix)", using: &generator)
    let roles = Set(net.transitions.indices.flatMap { net.roles(of: $0) } + net.roles.map(\.name)).sorted()
    let held = roles.filter { _ in generator.once(in: 2) }
    self.net = net
    memberRoles = held + (generator.once(in: 12) ? [Role.all] : [])
  }

  init(net: Net, memberRoles: [String]) {
    self.net = net
    self.memberRoles = memberRoles
  }
}
