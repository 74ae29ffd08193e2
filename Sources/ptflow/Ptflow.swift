import ArgumentParser

/// The program: one file a subcommand.
@main
struct Ptflow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ptflow",
    abstract: "Petri nets that live in the database.",
    discussion: """
      A net goes in, a PostgreSQL database that enforces it comes out. From then on any SQL client appends events with
      SELECT ptflow_dispatch(net, id, action), and what the net does not allow cannot be stored.

      The database is the one of --db, of DATABASE_URL or of PGHOST and its like; without any of them, a private server
      in the folder .ptflow, which is made when it is needed.

      Exit codes: 0 done, 1 refused by ptflow, 2 refused by the database, 64 wrong usage, 130 stopped by control-C.
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Nets",
        subcommands: [
          Check.self, Reach.self, Simulate.self, Explain.self, Graph.self, Plan.self, Install.self, Compile.self,
          List.self, Uninstall.self,
        ]),
      CommandGroup(name: "Who may do what", subcommands: [Grant.self, Revoke.self]),
      CommandGroup(
        name: "Instances",
        subcommands: [Create.self, Dispatch.self, State.self, Enabled.self, Why.self, Events.self]),
      CommandGroup(name: "The chains", subcommands: [Verify.self, Anchor.self, Prove.self]),
      CommandGroup(name: "The embedded server", subcommands: [Database.self]),
    ])
}
