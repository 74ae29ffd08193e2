import ArgumentParser
import Diagnostics

/// The program: one file a subcommand.
@main
struct Ptflow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ptflow",
    abstract: "Petri nets that live in the database.",
    discussion: """
      ptflow compiles Petri nets into PostgreSQL schemas. Any SQL client then fires a transition with \
      SELECT ptflow_dispatch(net, id, action), and the database refuses what the net does not allow.

      The database is the first of these that is set:
        --db             a URL or key=value words, as psql takes them
        DATABASE_URL     the same, in the environment
        PGHOST, PGPORT,  the environment of libpq: also PGHOSTADDR,
        PGSERVICE, ...   PGDATABASE, PGUSER
        none of them     the embedded server, a PostgreSQL of this
                         directory's own in .ptflow (see ptflow help db)

      Exit codes:
      \(ExitStatus.table)
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Nets",
        subcommands: [
          Init.self, Check.self, Reach.self, Simulate.self, Explain.self, Graph.self, Plan.self, Install.self,
          Compile.self, List.self, Doctor.self, Uninstall.self, Convert.self, Format.self, PrintSchema.self,
        ]),
      CommandGroup(name: "Rules", subcommands: [Validate.self, Eval.self]),
      CommandGroup(name: "Permissions", subcommands: [Grant.self, Revoke.self]),
      CommandGroup(
        name: "Instances",
        subcommands: [Create.self, Dispatch.self, State.self, Enabled.self, Why.self, Events.self]),
      CommandGroup(name: "Audit log", subcommands: [Verify.self, Replay.self, Anchor.self, Prove.self]),
      CommandGroup(name: "Embedded server", subcommands: [Database.self]),
    ])
}

extension Ptflow {
  /// Runs the command that the arguments name.
  static func main() {
    do {
      var command = try parseAsRoot(Eval.arranged(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch  where exitCode(for: error) == .success {
      // Help, or the version.
      exit(withError: error)
    } catch {
      let message = CommandLine.arguments.reduce(fullMessage(for: error)) { message, argument in
        message.replacing(argument, with: printable(argument))
      }
      if !message.isEmpty { standardError(Words(lines: message)) }
      exit(withError: exitCode(for: error))
    }
  }
}
