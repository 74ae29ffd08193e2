import ArgumentParser
import Compiler
import Diagnostics
import NetAnalysis
import NetFormats
import PetriNet

/// Reads nets and reports; touches no database.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read nets and say what is wrong with them, and what they are.")

  @OptionGroup var nets: NetArguments
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let read = try nets.read()
      let plans = try read.map { try $0.plan() }
      if output.json {
        let reports = zip(read, plans).map { $0.jsonValue(planned: $1) }
        print(JSONValue.object([("nets", .array(reports))]).text)
      } else {
        for net in read {
          net.warn()
          print("\(net.source.name): \(net.summary)")
        }
      }
    }
  }
}

extension ReadNet {
  /// The net in a few words.
  fileprivate var summary: String {
    let structure = Structure(of: net)
    let counts = [
      (net.places.count, "place"), (net.transitions.count, "transition"), (net.arcs.count, "arc"),
      (net.initialMarking.counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }, "token"),
    ].map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    let roles = net.roles.map(\.name)
    return
      (["\(format.title)", counts.joined(separator: ", ")] + structure.words
      + (roles.isEmpty ? [] : ["roles \(roles.joined(separator: ", "))"])).joined(separator: "; ")
  }

  fileprivate func jsonValue(planned plan: NetPlan) -> JSONValue {
    [
      "net": .string(net.name),
      "file": .string(source.name),
      "format": .string(format.rawValue),
      "digest": .string(plan.digestText),
      "places": .number(net.places.count),
      "transitions": .number(net.transitions.count),
      "arcs": .number(net.arcs.count),
      "roles": .array(net.roles.map { .string($0.name) }),
      "structure": .array(Structure(of: net).words.map { .string($0) }),
      "diagnostics": .array(warnings.all.map(\.jsonValue)),
    ]
  }
}
