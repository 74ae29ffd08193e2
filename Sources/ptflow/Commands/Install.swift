import ArgumentParser
import Installer
import PetriNet
import Plan

/// Installs nets.
struct Install: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Install nets in a database.",
    discussion: """
      All nets are installed in one transaction, or none. An unchanged net is skipped, or refreshed: what of it this \
      version of ptflow writes otherwise is made anew, and its events are kept. A changed net is replaced if it has no \
      instances, else refused with the difference. Nothing is installed unless all is proved that a net's file says of it (laws, \
      require), and of each net each claim of --require.
      """)

  @OptionGroup var nets: NetArguments
  @OptionGroup var target: FacadeOption
  @OptionGroup var states: StatesOption
  @OptionGroup var requirements: Requirements
  @OptionGroup var patience: Patience
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  @Flag(help: "Show what would be done, and change nothing.")
  var dryRun = false

  func run() throws {
    try install(nets, target, states, requirements, patience, database, output, dryRun: dryRun)
  }
}

/// Says what an installation would do.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show what install would do, and change nothing.")

  @OptionGroup var nets: NetArguments
  @OptionGroup var target: FacadeOption
  @OptionGroup var states: StatesOption
  @OptionGroup var requirements: Requirements
  @OptionGroup var patience: Patience
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try install(nets, target, states, requirements, patience, database, output, dryRun: true)
  }
}

/// What the database keeps besides the log.
struct StatesOption: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Keep the current markings in a table: reading all instances gets cheap, firing dearer. By default as before."
  )
  var keepStates: Bool?

  /// How nets stand in the database.
  ///
  /// - Throws: an `UnreadableNets`.
  func plans(of nets: [ReadNet]) throws -> [NetPlan] {
    try nets.map { try $0.plan(keepingStates: keepStates) }
  }
}

/// Where the functions go that clients call.
struct FacadeOption: ParsableArguments {
  @Option(help: "The schema of the functions that clients call; by default the one in use, else public.")
  var facade: String?
}

private func install(
  _ nets: NetArguments, _ target: FacadeOption, _ states: StatesOption, _ requirements: Requirements,
  _ patience: Patience, _ database: DatabaseOptions, _ output: JSONOption, dryRun: Bool
) throws {
  try reporting(json: output.json) {
    let read = try nets.read()
    let plans = try states.plans(of: read)
    try requirements.demand(of: read, plans, patience)
    var progress = ProgressBar(total: plans.count, label: "installing")
    let installation = try Installer.install(
      plans, facade: target.facade, on: try database.connect(), dryRun: dryRun
    ) { net in progress.advance(net) }
    progress.finish()

    if output.json {
      sayJSON(installation.jsonValue(done: !dryRun))
    } else {
      read.compactMap(\.warned).forEach(standardError)
      say(installation.words(done: !dryRun))
    }
  }
}

extension Installation {
  fileprivate func words(done: Bool) -> Words {
    var lines = steps.flatMap { step -> [Words] in
      switch step.change {
      case .install: ["\(step.plan.net.name): \(done ? "installed" : "would be installed")"]
      case .keep: ["\(step.plan.net.name): unchanged"]
      case .states(let isKept):
        ["\(step.plan.net.name): states \(done ? "is" : "would be") \(isKept ? "a table" : "a view") now"]
      case .refresh(let differences):
        ["\(step.plan.net.name): \(done ? "refreshed" : "would be refreshed") (data kept)"]
          + differences.map { "  \($0.summary)" }
      case .replace(let difference):
        ["\(step.plan.net.name): \(done ? "replaced" : "would be replaced") (no instances)"]
          + difference.map { "  \($0)" }
      }
    }
    if changesEngine {
      lines.append("engine: \(done ? "installed" : "would be installed"), with the facade in schema \(facade)")
    }
    if !faults.isEmpty {
      let count: Words = faults.count == 1 ? "1 difference" : "\(faults.count) differences"
      lines.append(
        "\(count) from what ptflow writes \(faults.count == 1 ? "remains" : "remain" as Words), see ptflow doctor")
    }
    return Words(lines)
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
          case .states(let isKept):
            [
              "net": .string(step.plan.net.name), "change": "states",
              "difference": [.string(isKept ? "+ keeps states" : "- keeps states")],
            ]
          case .refresh(let differences):
            [
              "net": .string(step.plan.net.name), "change": "refresh",
              "difference": .array(differences.map { .string($0.summary.exact) }),
            ]
          case .replace(let difference):
            [
              "net": .string(step.plan.net.name), "change": "replace",
              "difference": .array(difference.map { .string($0) }),
            ]
          }
        }),
      "faults": .array(faults.map { .string($0.summary.exact) }),
    ]
  }
}
