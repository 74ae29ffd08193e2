import ArgumentParser
import NetAnalysis
import PetriNet
import Plan

/// What must be proved of nets.
struct Requirements: ParsableArguments {
  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "Claims that must be proved of each net, separated by commas: \(Claim.allCases.map(\.title).joined(separator: ", ")).",
      valueName: "claims"))
  var words: String?

  func validate() throws { _ = try claims }

  /// The claims, in the order given.
  var claims: [Claim] {
    get throws {
      guard let words else { return [] }
      return try words.split(separator: ",", omittingEmptySubsequences: false).map { word in
        guard let claim = Claim(named: String(word)) else {
          throw ValidationError(
            "--require: unknown claim \"\(word)\"; the claims are \(Claim.allCases.map(\.title).joined(separator: ", "))"
          )
        }
        return claim
      }
    }
  }
}

extension Requirements {
  /// Proves what is required of nets, here and in their own files.
  ///
  /// - Throws: an `UnmetRequirements` with all that is not proved.
  func demand(of nets: [ReadNet], _ plans: [NetPlan], _ patience: Patience) throws {
    guard try !claims.isEmpty || nets.contains(where: { !$0.obligations.isEmpty }) else { return }
    Interruption.watch()
    defer { Interruption.unwatch() }
    let claims = try claims
    let unmet = zip(nets, plans).flatMap { read, plan in
      Prover(of: read, bounds: plan.places.map { $0.bound?.most }, patience).unmet(of: claims)
    }
    if !unmet.isEmpty { throw UnmetRequirements(unmet: unmet) }
  }
}
