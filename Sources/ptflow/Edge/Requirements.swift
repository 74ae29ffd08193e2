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
        let name = word.filter { $0 != " " }.lowercased()
        guard let claim = Claim.allCases.first(where: { $0.title == name || $0.rawValue == name }) else {
          throw ValidationError(
            "--require: unknown claim \"\(word)\"; the claims are \(Claim.allCases.map(\.title).joined(separator: ", "))"
          )
        }
        return claim
      }
    }
  }

  /// What is required and not proved.
  func unproved(by behaviour: Behaviour) throws -> [Claim] {
    try claims.filter { behaviour[$0].verdict != .proved }
  }
}

extension Claim {
  /// The claim as people write it.
  var title: String { rawValue.map { $0 == "_" ? "-" : String($0) }.joined() }
}

extension Requirements {
  /// Examines nets of which something is required.
  ///
  /// - Throws: an `UnmetRequirements` with all that is not proved.
  func demand(of plans: [NetPlan], _ patience: Patience) throws {
    guard words != nil else { return }
    let unmet = try plans.flatMap { plan in
      let behaviour = patience.examine(plan)
      return try unproved(by: behaviour).map { claim in
        UnmetRequirements.Unmet(net: plan.net, claim: claim, finding: behaviour[claim])
      }
    }
    if !unmet.isEmpty { throw UnmetRequirements(unmet: unmet) }
  }
}

/// Claims that were required of nets and are not proved.
struct UnmetRequirements: Reportable {
  /// One of them.
  struct Unmet {
    let net: Net
    let claim: Claim
    let finding: Finding
  }

  let unmet: [Unmet]

  /// All of them, for people.
  var words: Words {
    let lines = unmet.flatMap { unmet -> [Words] in
      let head: Words = "  \(unmet.net.name) is required to be \(unmet.claim.title): \(unmet.finding.verdict.rawValue)"
      return [head + ", \(unmet.finding.reason)"] + (unmet.finding.way(in: unmet.net).map { ["    \($0)"] } ?? [])
    }
    return Words(["error: a required claim is not proved"] + lines)
  }

  /// The same for programs.
  var jsonValue: JSONValue {
    [
      "message": "a required claim is not proved",
      "unmet": .array(
        unmet.map { unmet in
          let names = unmet.finding.witness.map { JSONValue.string(unmet.net.transitions[$0].name) }
          return [
            "net": .string(unmet.net.name), "claim": .string(unmet.claim.rawValue),
            "verdict": .string(unmet.finding.verdict.rawValue), "reason": .string(unmet.finding.reason),
            "witness": .array(names),
          ]
        }),
    ]
  }
}
