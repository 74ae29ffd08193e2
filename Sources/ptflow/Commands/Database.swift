import ArgumentParser
import Foundation
import Installer

/// Manages the embedded server.
struct Database: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Manage the private PostgreSQL server of this folder.",
    subcommands: [Start.self, Stop.self, ServerStatus.self, ServerURL.self, Psql.self])

  struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Start the server; make it first if it is not there.")

    func run() throws {
      try reporting { print(try EmbeddedServer.ofThisProject.start()) }
    }
  }

  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Stop the server.")

    func run() throws {
      try reporting { print(try EmbeddedServer.ofThisProject.stop() ? "stopped" : "it was not running") }
    }
  }

  struct ServerStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Say whether the server runs; exits with 1 when it does not.")

    @OptionGroup var output: JSONOption

    func run() throws {
      let status = EmbeddedServer.ofThisProject.status()
      if output.json {
        print(status.jsonValue.text)
      } else {
        let facts = [
          ("pid", status.pid.map { "\($0)" }), ("version", status.version.map { "PostgreSQL \($0)" }),
          ("data", status.dataDirectory), ("log", status.logFile), ("url", status.url),
        ]
        print(status.state == .none ? "none in this folder yet; ptflow db start makes one" : status.state.rawValue)
        for case let (name, fact?) in facts { print("  \(name): \(fact)") }
      }
      if status.state != .running { throw ExitCode(1) }
    }
  }

  struct ServerURL: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "url", abstract: "Print the server's URL, which every client takes; start it if it does not run.")

    func run() throws {
      try reporting { print(try EmbeddedServer.ofThisProject.start()) }
    }
  }

  struct Psql: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Open psql on the server; start it if it does not run. What follows is given to psql.")

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
