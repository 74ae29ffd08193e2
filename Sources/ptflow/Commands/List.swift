import ArgumentParser
import Installer
import Postgres

/// Lists the installed nets.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the installed nets, and who may do what with them.",
    discussion: """
      Who may do what is told as it is in fact: besides the roles of the database to which a right was granted, their \
      members, with the role that they have it by; and the superusers, who may do everything.
      """)

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let listing = try Catalogue.read(of: connection) { catalogue, connection in
        Listing(
          facade: catalogue.facade, nets: try catalogue.nets(connection), grants: try catalogue.grants(connection),
          open: try catalogue.openNets(connection), superusers: try catalogue.superusers(connection))
      }
      if output.json { sayJSON(listing.jsonValue) } else { say(listing.words) }
    }
  }
}

/// What is listed.
private struct Listing {
  let facade: String?
  let nets: [InstalledNet]
  let grants: [InstalledGrant]
  /// The nets whose rights are open to everybody.
  let open: [String]
  let superusers: [String]

  /// All of it for people.
  var words: Words {
    guard !nets.isEmpty else { return "no net is installed; install one: ptflow install FILE" }
    let head = ["net", "version", "places", "transitions", "instances", "installed by", "file"]
    let rows = nets.map { net in
      [
        net.net, "\(net.version)", "\(net.places)", "\(net.transitions)", "\(net.instances)", net.installedBy, net.file,
      ]
    }
    let held = grants.map { [$0.net, $0.privilege, $0.role, $0.member, $0.words] }
    let everybody = open.map { net -> Words in
      "the rights on \(net) are open to PUBLIC, so that nobody has any; close them: ptflow install FILE"
    }
    let paragraphs =
      [table(head, rows), table(["net", "may", "role", "database role", "by"], held)] + everybody
      + ["superusers may do everything: \(superusers.joined(separator: ", "))"]
    return Words(Array(paragraphs.map { [$0] }.joined(separator: [""])))
  }

  /// All of it for programs.
  var jsonValue: JSONValue {
    [
      "facade": JSONValue(facade),
      "nets": .array(
        nets.map { net in
          net.jsonValue(grants: grants.filter { $0.net == net.net }, isOpen: open.contains(net.net))
        }),
      "superusers": .array(superusers.map { .string($0) }),
    ]
  }
}

extension InstalledGrant {
  /// How somebody comes by it, for people.
  fileprivate var words: String {
    switch way {
    case .grant: "grant"
    case .member: "member of \(grantedTo)"
    case .setRole: "SET ROLE \(grantedTo)"
    }
  }
}

extension InstalledNet {
  fileprivate func jsonValue(grants: [InstalledGrant], isOpen: Bool) -> JSONValue {
    [
      "net": .string(net),
      "schema": .string(schema),
      "version": .number(version),
      "digest": .string(digest),
      "file": .string(file),
      "places": .number(places),
      "transitions": .number(transitions),
      "instances": .number(instances),
      "installed_by": .string(installedBy),
      "installed_at": .string(installedAt),
      "open_to_public": .truth(isOpen),
      "grants": .array(
        grants.map { grant in
          [
            "privilege": .string(grant.privilege), "role": .string(grant.role), "member": .string(grant.member),
            "way": .string(grant.way.rawValue), "granted_to": .string(grant.grantedTo),
          ]
        }),
    ]
  }
}
