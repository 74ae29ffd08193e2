import ArgumentParser
import NetAnalysis
import PetriNet

/// What must be proved of nets.
struct Requirements: ParsableArguments {
  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "What must be proved of each net: \(Claim.allCases.map(\.title).joined(separator: ", ")); several with commas.",
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
            "--require knows no \"\(word)\"; it knows \(Claim.allCases.map(\.title).joined(separator: ", "))")
        }
        return claim
      }
    }
  }

  /// What is required and not proved.
  func unmet(_ behaviour: Behaviour) throws -> [Claim] {
    try claims.filter { behaviour[$0].verdict != .proved }
  }
}

extension Claim {
  /// The claim as people write it.
  var title: String { rawValue.map { $0 == "_" ? "-" : String($0) }.joined() }
}
