import Compiler
import Installer
import PetriNet
import Plan
import Postgres
import TestNets
import TestServer

extension Net {
  /// Four tools go from the shelf to the bench, where three find room, and on to the sink, unless somebody has the
  /// broom; two are washed at once. Something can always be done, and something never.
  static func workshop() throws -> Net {
    try Net(
      "workshop",
      [Place("shelf", initial: 4), Place("bench", capacity: 3), Place("sink"), Place("broom", capacity: 1)],
      [
        .t("take", .input("shelf"), .output("bench")),
        .t("use", .input("bench"), .output("sink"), .inhibitor("broom")),
        .t("wash", .input("sink", 2), .output("shelf", 2)),
        .t("sweep", .read("sink"), .output("broom")),
        .t("rest", .input("broom")),
      ])
  }

  /// Counts without end.
  static func counter() throws -> Net { try Net("counter", [Place("count")], [.t("up", .output("count"))]) }

  /// One token that is there to be taken.
  static func token() throws -> Net {
    try Net("token", [Place("free", initial: 1)], [.t("take", .input("free")), .t("give", .output("free"))])
  }
}

/// Installs nets that a test wrote down.
func install(_ nets: [Net], on connection: borrowing Connection) throws {
  let plans = try nets.map { net in
    try compile(net, source: Source(file: "\(net.name).test", format: "test", text: net.canonicalForm))
  }
  _ = try Installer.install(plans, facade: nil, on: connection)
}

extension TestDatabase {
  /// Runs a test in a database of its own with nets installed.
  static func with<Result>(nets: [Net], _ body: (TestDatabase) throws -> Result) throws -> Result {
    try with { database in
      try install(nets, on: try database.connect())
      return try body(database)
    }
  }
}
