import ArgumentParser
import Foundation
import Installer
import SQL

/// Writes the SQL that an installation runs.
struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the SQL that install runs, for psql -f.",
    discussion: "As with install, all has to be proved that a net's file says of it, and each claim of --require.")

  @OptionGroup var nets: NetArguments
  @OptionGroup var target: FacadeOption
  @OptionGroup var states: StatesOption
  @OptionGroup var requirements: Requirements
  @OptionGroup var patience: Patience

  @Option(name: .shortAndLong, help: "The output file; standard output by default.", completion: .file())
  var output: String?

  func run() throws {
    try reporting {
      let read = try nets.read()
      let plans = try states.plans(of: read)
      try demandDistinctNames(of: plans)
      if let facade = target.facade { try demandFacade(facade, for: plans) }
      try requirements.demand(of: read, plans, patience)
      read.compactMap(\.warned).forEach(standardError)
      let script = Data(installScript(plans, facade: target.facade ?? "public").text.utf8)
      if let output { try write(script, to: output) } else { FileHandle.standardOutput.write(script) }
    }
  }
}
