import ArgumentParser
import NetAnalysis
import PetriNet

/// Runs a net at random.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a net at random; report what fired and how full each place was.",
    discussion: """
      Each enabled transition is equally likely. The same seed gives the same runs. On control-C the runs so far are \
      reported, and the exit code is 130.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Option(help: "The number of runs.")
  var runs = 100

  @Option(help: "The most firings of a run.")
  var steps = 1000

  @Option(help: "The seed of the random numbers.")
  var seed: UInt64 = 1

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard runs > 0, steps > 0 else { throw ValidationError("--runs and --steps must be at least 1") }
  }

  func run() throws {
    try reporting(json: output.json) {
      let net = try ReadNet(path: net).net
      Interruption.watch()
      var progress = ProgressBar(total: 20, label: "running")
      var shown = 0
      let simulation = Simulation(of: net, runs: runs, steps: steps, seed: seed) { done in
        while shown < done * 20 / runs {
          shown += 1
          progress.advance("\(done) runs")
        }
        return !Interruption.isAskedFor
      }
      progress.finish()
      if output.json { sayJSON(jsonValue(simulation, net)) } else { say(words(simulation, net)) }
      if Interruption.isAskedFor { throw ExitStatus.interrupted.code }
    }
  }

  private func words(_ simulation: Simulation, _ net: Net) -> Words {
    let total = max(simulation.firings, 1)
    let transitions = net.transitions.indices.map { index in
      [
        net.transitions[index].name, "\(simulation.counts[index])",
        percent(Double(simulation.counts[index]) / Double(total)),
      ]
    }
    let places = net.places.indices.map { index in
      [
        net.places[index].name, "\(simulation.least[index])", rounded(simulation.average(index)),
        "\(simulation.most[index])",
      ]
    }
    return """
      \(simulation.runs) runs of \(simulation.shortest) to \(simulation.longest) firings; \(simulation.stuck) ended \
      in a deadlock

      \(table(["transition", "fired", "share"], transitions))

      \(table(["place", "least", "average", "most"], places))
      """
  }

  private func jsonValue(_ simulation: Simulation, _ net: Net) -> JSONValue {
    [
      "runs": .number(simulation.runs), "firings": .number(simulation.firings),
      "shortest": .number(simulation.shortest), "longest": .number(simulation.longest),
      "stuck": .number(simulation.stuck), "seed": .verbatim("\(seed)"),
      "transitions": .object(
        net.transitions.indices.map { (net.transitions[$0].name, .number(simulation.counts[$0])) }),
      "places": .object(
        net.places.indices.map { index in
          (
            net.places[index].name,
            [
              "least": .number(simulation.least[index]), "average": .verbatim("\(simulation.average(index))"),
              "most": .number(simulation.most[index]),
            ]
          )
        }),
    ]
  }
}

private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

private func rounded(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }
