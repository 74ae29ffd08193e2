import ArgumentParser
import Foundation
import NetAnalysis

/// How long an analysis may take, and how much memory.
struct Patience: ParsableArguments {
  @Option(help: ArgumentHelp("Limit: seconds per net.", valueName: "seconds"))
  var time: Double = 30

  @Option(help: ArgumentHelp("Limit: markings per net.", valueName: "count"))
  var states: Int?

  @Option(help: ArgumentHelp("Limit: memory for markings, in MiB.", valueName: "MiB"))
  var memory: Int = 2048

  func validate() throws {
    guard time > 0 else { throw ValidationError("--time must be more than 0") }
    guard states ?? 1 > 0 else { throw ValidationError("--states must be at least 1") }
    guard (1...1 << 24).contains(memory) else { throw ValidationError("--memory must be 1 to \(1 << 24)") }
  }

  /// The limits of an analysis.
  var limits: Limits { Limits(markings: states ?? .max, bytes: memory << 20) }

  /// A clock that starts now, shows how far the analysis is, and runs out at control-C where that is watched.
  func clock(_ subject: String) -> Clock {
    let start = ContinuousClock.now
    let ticker = Ticker(subject)
    return { progress in
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      ticker.show("\(progress.phase.rawValue): \(progress.markings) markings", at: seconds)
      return Interruption.isAskedFor ? .infinity : seconds / time
    }
  }

  /// Why not all was found, for programs.
  func name(_ stop: Stop) -> String {
    stop == .time && Interruption.isAskedFor ? "interruption" : stop.rawValue
  }

  /// Why not all was found, in words.
  func words(_ stop: Stop) -> String {
    switch stop {
    case .unbounded: "the net is unbounded"
    case .markings: "the limit of \(states ?? 0) markings was reached (--states)"
    case .memory: "the limit of \(memory) MiB was reached (--memory)"
    case .time where Interruption.isAskedFor: "interrupted"
    case .time: "the limit of \(time.formatted()) seconds was reached (--time)"
    }
  }
}
