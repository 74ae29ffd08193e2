import ArgumentParser

/// A privilege on a net.
struct GrantArguments: ParsableArguments {
  @Argument(help: "The net.")
  var net: String

  @Argument(
    help: "Permission to fire: the transitions of this role of the net; default: those without a role; '*': all.")
  var role: String?

  @Flag(help: "Permission to call the reading functions.")
  var read = false

  @Flag(help: "Permission to act for others: to name their roles in the setting ptflow.roles.")
  var gateway = false

  func validate() throws {
    guard role != nil || read || gateway else {
      throw ValidationError("give at least one permission: a role of the net, --read or --gateway")
    }
    guard role != "" else { throw ValidationError("the role is empty") }
  }

  /// The privileges, one or several.
  var privileges: [(privilege: String, role: String)] {
    (role.map { [("fire", $0)] } ?? []) + (read ? [("read", "")] : []) + (gateway ? [("gateway", "")] : [])
  }
}

/// What a privilege allows, in words.
func words(for privilege: (privilege: String, role: String)) -> String {
  switch privilege.privilege {
  case "fire": "fire as \(privilege.role)"
  case "gateway": "act for others"
  default: "read"
  }
}
