import Diagnostics
import NetAnalysis
import PetriNet

/// What was required of nets, by the caller or in their own files, and is not proved.
struct UnmetRequirements: Reportable {
  /// One of them.
  struct Unmet {
    /// What was required.
    enum Demand {
      /// A claim, by the caller.
      case claim(Claim)
      /// A law or a requirement, in the file.
      case obligation(Obligation)
    }

    let read: ReadNet
    let demand: Demand
    let finding: Finding
    /// Whether the question has a meaning for the net; soundness has none where nothing says where cases end.
    var isApplicable = true
  }

  let unmet: [Unmet]

  /// All of them, for people: first what the caller requires, then what stands in the files, each with its line.
  var words: Words {
    let claims = unmet.flatMap { unmet -> [Words] in
      guard case .claim(let claim) = unmet.demand else { return [] }
      let net = unmet.read.net
      let head: Words = "  \(net.name) is required to be \(claim.title): \(unmet.finding.verdict.rawValue)"
      return [head + ", \(unmet.finding.reason)"] + (unmet.finding.way(in: net).map { ["    \($0)"] } ?? [])
    }
    let located = unmet.filter { $0.diagnostic != nil }.map(\.line)
    return Words((claims.isEmpty ? [] : ["error: a required claim is not proved"] + claims) + located)
  }

  /// The same for programs.
  var jsonValue: JSONValue {
    ["message": "a required claim is not proved", "unmet": .array(unmet.map(\.jsonValue))]
  }

  var exitStatus: ExitStatus { Interruption.isAskedFor ? .interrupted : .refused }
}

extension UnmetRequirements.Unmet {
  /// What is not proved, for people: with the line of the file where it stands in one.
  var line: Words {
    if let diagnostic { return Words(Diagnostics([diagnostic]), in: read.source) }
    guard case .claim(let claim) = demand else { return "" }
    return "\(read.source.name): required, but \(finding.verdict.rawValue): \(claim.title)"
  }

  /// What stands in the file, with why it is not proved; nil for what the caller requires.
  fileprivate var diagnostic: Diagnostic? {
    guard case .obligation(let obligation) = demand else { return nil }
    return Diagnostic(.error, .unproved(obligation, finding, way, isApplicable), at: obligation.statement.location)
  }

  private var way: String? { finding.way(in: read.net) }

  fileprivate var jsonValue: JSONValue {
    func names(_ path: some Sequence<Int>) -> JSONValue {
      .array(path.map { .string(read.net.transitions[$0].name) })
    }
    let what: [(String, JSONValue)]
    switch demand {
    case .claim(let claim): what = [("claim", .string(claim.rawValue))]
    case .obligation(let obligation):
      let location = obligation.statement.location
      what = [
        (obligation.kind, .string(obligation.statement.text)), ("file", .string(location.file)),
        ("line", .number(location.line)), ("column", .number(location.column)),
      ]
    }
    return .object(
      [("net", .string(read.net.name))] + what + [
        ("verdict", .string(finding.verdict.rawValue)), ("reason", .string(finding.reason)),
        ("witness", names(finding.witness)),
      ] + (finding.pump.map { [("repeated", names(finding.witness[$0]))] } ?? []))
  }
}

extension Diagnostic.Message {
  fileprivate static func unproved(
    _ obligation: Obligation, _ finding: Finding, _ way: String?, _ isApplicable: Bool
  ) -> Self {
    switch finding.verdict {
    case .undecided where !isApplicable:
      Self(
        "this \(obligation.kind) is not decided: \(finding.reason)",
        hint: "say where an instance may end: ends: [PLACE]")
    case .undecided:
      Self(
        "this \(obligation.kind) is not decided: \(finding.reason)",
        hint: "allow more with --time or --memory, or leave it out")
    case .proved, .refuted:
      Self(
        "this \(obligation.kind) does not hold: \(finding.reason)",
        hint: way ?? "so it is from the beginning; change the \(obligation.kind), or the net")
    }
  }
}
