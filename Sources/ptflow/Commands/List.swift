import ArgumentParser
import Installer
import Postgres

/// Lists the installed nets.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the installed nets and the permissions on them.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let catalogue = try Catalogue(of: connection)
      let nets = try catalogue.nets(connection)
      let grants = try catalogue.grants(connection)
      if output.json {
        let listed = nets.map { net in net.jsonValue(grants: grants.filter { $0.net == net.net }) }
        sayJSON(["facade": JSONValue(catalogue.facade), "nets": .array(listed)])
      } else if nets.isEmpty {
        say("no net is installed; install one: ptflow install FILE")
      } else {
        say(words(nets, grants))
      }
    }
  }

  private func words(_ nets: [InstalledNet], _ grants: [InstalledGrant]) -> Words {
    let head = ["net", "version", "places", "transitions", "instances", "installed by", "file"]
    let rows = nets.map { net in
      [
        net.net, "\(net.version)", "\(net.places)", "\(net.transitions)", "\(net.instances)", net.installedBy, net.file,
      ]
    }
    let granted = grants.map { [$0.net, $0.privilege, $0.role, $0.member] }
    return Words([table(head, rows), "", table(["net", "may", "role", "database role"], granted)])
  }
}

extension InstalledNet {
  fileprivate func jsonValue(grants: [InstalledGrant]) -> JSONValue {
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
      "grants": .array(
        grants.map { grant in
          ["privilege": .string(grant.privilege), "role": .string(grant.role), "member": .string(grant.member)]
        }),
    ]
  }
}
