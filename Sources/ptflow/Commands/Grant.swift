import ArgumentParser
import Postgres

/// Lets a role of the database do something with a net.
struct Grant: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Grant permissions on a net to a database role.")

  @OptionGroup var grant: GrantArguments

  @Option(name: .customLong("to"), help: "The database role.")
  var member: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try changePrivileges("SELECT ptflow.add_grant($1, $2, $3, $4)", grant, of: member, database, output) { new in
      new ? "may now" : "could already"
    }
  }
}

/// Takes back what was granted.
struct Revoke: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Revoke permissions on a net from a database role.")

  @OptionGroup var grant: GrantArguments

  @Option(name: .customLong("from"), help: "The database role.")
  var member: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try changePrivileges("SELECT ptflow.remove_grant($1, $2, $3, $4)", grant, of: member, database, output) { had in
      had ? "may no longer" : "had no grant to"
    }
  }
}

/// Grants or revokes, all of it or nothing.
private func changePrivileges(
  _ statement: String, _ grant: GrantArguments, of member: String, _ database: DatabaseOptions, _ output: JSONOption,
  _ verb: (Bool) -> String
) throws {
  try reporting(json: output.json) {
    let connection = try database.connect()
    try demandEngine(connection)
    try connection.execute("BEGIN")
    var changes: [JSONValue] = []
    var lines: [Words] = []
    for privilege in grant.privileges {
      let row = try connection.query(statement, [grant.net, privilege.privilege, privilege.role, member])[0]
      let changed = row[0] == "t"
      changes.append([
        "privilege": .string(privilege.privilege), "role": .string(privilege.role), "changed": .truth(changed),
      ])
      lines.append("\(member) \(verb(changed)) \(words(for: privilege)) in \(grant.net)")
    }
    try connection.execute("COMMIT")
    if !output.json {
      say(Words(lines))
    } else {
      sayJSON(["net": .string(grant.net), "member": .string(member), "privileges": .array(changes)])
    }
  }
}
