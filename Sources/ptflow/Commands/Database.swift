import ArgumentParser
import EmbeddedServer
import Foundation

/// Manages the embedded server.
struct Database: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Manage the embedded PostgreSQL server of this directory.",
    discussion: """
      The server is used when no database is named. Its cluster is in .ptflow. It listens on a Unix socket only, for \
      the user who created it and root. It is not used in a directory that was copied or unpacked: a cluster is \
      started only by the user who created it, where it was created. ptflow keeps a record of its clusters in \
      XDG_STATE_HOME/ptflow, by default ~/.local/state/ptflow.
      """,
    subcommands: [Start.self, Stop.self, ServerStatus.self, ServerURL.self, Psql.self])

  struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start the server; create the cluster first if there is none.")

    func run() throws {
      try reporting { say("\(try EmbeddedServer.ofThisProject.start())") }
    }
  }

  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Stop the server.")

    func run() throws {
      try reporting { say(try EmbeddedServer.ofThisProject.stop() ? "stopped" : "not running") }
    }
  }

  struct ServerStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Show whether the server runs; exits with 1 if it does not.")

    @OptionGroup var output: JSONOption

    func run() throws {
      let status = EmbeddedServer.ofThisProject.status()
      if output.json {
        sayJSON(status.jsonValue)
      } else {
        let facts = [
          ("pid", status.pid.map { "\($0)" }), ("version", status.version.map { "PostgreSQL \($0)" }),
          ("data", status.dataDirectory), ("log", status.logFile), ("url", status.url),
        ]
        say(status.state.words)
        for case let (name, fact?) in facts { say("  \(name): \(fact)") }
      }
      if status.state != .running { throw ExitStatus.refused.code }
    }
  }

  struct ServerURL: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "url", abstract: "Print the connection URL; start the server if it does not run.")

    func run() throws {
      try reporting { say("\(try EmbeddedServer.ofThisProject.start())") }
    }
  }

  struct Psql: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Open psql on the server; start it if it does not run. All arguments are passed to psql.")

    @Argument(parsing: .captureForPassthrough, help: "Arguments for psql.")
    var arguments: [String] = []

    func run() throws {
      try reporting {
        let url = try EmbeddedServer.ofThisProject.start()
        // psql takes the terminal over, so this process becomes psql.
        let words = ["psql", url] + arguments
        let pointers = words.map { strdup($0) } + [nil]
        execvp("psql", pointers)
        throw ValidationError("psql cannot be run: \(String(cString: strerror(errno))); install postgresql-client")
      }
    }
  }
}

extension EmbeddedServer.Status.State {
  /// The state for people.
  fileprivate var words: Words {
    switch self {
    case .running: "running"
    case .stopped: "stopped"
    case .crashed: "crashed; the next start recovers it"
    case .none: "no cluster in this directory; ptflow db start creates one"
    case .inaccessible: "the cluster in this directory belongs to another user"
    case .foreign: "the cluster in this directory was not created here by you; it is not used"
    }
  }
}

extension EmbeddedServer.Status {
  fileprivate var jsonValue: JSONValue {
    [
      "state": .string(state.rawValue),
      "pid": JSONValue(pid.map { Int($0) }),
      "version": JSONValue(version),
      "data": JSONValue(dataDirectory),
      "log": JSONValue(logFile),
      "url": JSONValue(url),
    ]
  }
}
