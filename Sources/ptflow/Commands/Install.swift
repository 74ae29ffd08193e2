import ArgumentParser
import Installer
import PetriNet
import Plan

/// Installs nets.
struct Install: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Install nets in a database.",
    discussion: """
      All of them in one transaction, or none. A net that is there already is left as it is; one that has changed is
      replaced while it has no instances, and refused with the difference otherwise. With --require nothing is installed
      unless ptflow check proves it of each net.
      """)

  @OptionGroup var nets: NetArguments
  @OptionGroup var target: FacadeOption
  @OptionGroup var requirements: Requirements
  @OptionGroup var patience: Patience
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  func run() throws {
    try install(nets, target, requirements, patience, database, output, dryRun: dryRun)
  }
}

/// Says what an installation would do.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Say what an installation would do, and do nothing.")

  @OptionGroup var nets: NetArguments
  @OptionGroup var target: FacadeOption
  @OptionGroup var requirements: Requirements
  @OptionGroup var patience: Patience
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try install(nets, target, requirements, patience, database, output, dryRun: true)
  }
}

/// Where the functions go that clients call.
struct FacadeOption: ParsableArguments {
  @Option(help: "The schema of the functions that clients call; public, unless the database has them elsewhere.")
  var facade: String?
}

private func install(
  _ nets: NetArguments, _ target: FacadeOption, _ requirements: Requirements, _ patience: Patience,
  _ database: DatabaseOptions, _ output: JSONOption, dryRun: Bool
) throws {
  try reporting(json: output.json) {
    let read = try nets.read()
    let plans = try read.map { try $0.plan() }
    try requirements.demand(of: plans, patience)
    var progress = ProgressBar(total: plans.count, label: "installing")
    let installation = try Installer.install(
      plans, facade: target.facade, on: try database.connect(), dryRun: dryRun
    ) { net in progress.advance(net) }
    progress.finish()

    if output.json {
      print(installation.jsonValue(done: !dryRun).text)
    } else {
      read.compactMap(\.warned).forEach(standardError)
      print(installation.words(done: !dryRun))
    }
  }
}

extension Installation {
  fileprivate func words(done: Bool) -> String {
    var lines = steps.flatMap { step in
      switch step.change {
      case .install: ["\(step.plan.net.name): \(done ? "installed" : "would be installed")"]
      case .keep: ["\(step.plan.net.name): unchanged"]
      case .replace(let difference):
        ["\(step.plan.net.name): \(done ? "replaced" : "would be replaced"), it had no instances"]
          + difference.map { "  \($0)" }
      }
    }
    if changesEngine { lines.append("the engine: \(done ? "installed" : "would be installed"), facade in \(facade)") }
    return lines.joined(separator: "\n")
  }

  fileprivate func jsonValue(done: Bool) -> JSONValue {
    [
      "done": .truth(done),
      "facade": .string(facade),
      "engine": changesEngine ? "install" : "keep",
      "nets": .array(
        steps.map { step in
          switch step.change {
          case .install: ["net": .string(step.plan.net.name), "change": "install", "difference": []]
          case .keep: ["net": .string(step.plan.net.name), "change": "keep", "difference": []]
          case .replace(let difference):
            [
              "net": .string(step.plan.net.name), "change": "replace",
              "difference": .array(difference.map { .string($0) }),
            ]
          }
        }),
    ]
  }
}
