import ArgumentParser
import Chain
import Diagnostics
import NetAnalysis
import NetFormats
import PetriNet
import Plan

/// Reads nets and reports; touches no database.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read nets; report their errors, structure and behaviour.",
    discussion: """
      Each claim (\(Claim.allCases.map(\.title).joined(separator: ", "))) is proved, or refuted with a firing sequence \
      that shows it, or undecided when a limit was reached. docs/analysis.md defines the claims. Control-C works like a \
      limit: what is known so far is printed, and the exit code is 130. A net that install would refuse is examined, too; \
      the report says why it would be refused.

      Guards and schemas of payloads are left aside: what is proved impossible is impossible with them, too, but they may \
      keep a transition from firing that the report calls live.

      With --payload ACTION FILE nothing is examined, but a payload is tried: what is wrong with it is listed, and the \
      exit code is 1 if anything is.
      """)

  @OptionGroup var nets: NetArguments
  @OptionGroup var patience: Patience
  @OptionGroup var requirements: Requirements
  @OptionGroup var output: JSONOption

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A transition, and the file of a payload that is tried.", valueName: "action file"),
    completion: .file())
  var payload: [String] = []

  func validate() throws {
    guard [0, 2].contains(payload.count) else {
      throw ValidationError("--payload takes a transition and a file: ptflow check NET --payload ACTION FILE")
    }
  }

  func run() throws {
    try reporting(json: output.json) {
      var passedOver: [String] = []
      let read = try nets.read { passedOver.append($0) }
      if payload.count == 2 {
        guard read.count == 1 else { throw ValidationError("--payload takes one net, but \(read.count) are given") }
        return try TriedPayload(of: payload[0], in: read[0].net, file: payload[1]).say(asJSON: output.json)
      }
      Interruption.watch()
      var reports: [Report] = []
      for read in read where !Interruption.isAskedFor { reports.append(Report(of: read, patience)) }
      if output.json {
        sayJSON(.object(members(of: reports, passedOver)))
      } else {
        passedOver.forEach { standardError(.passedOver($0)) }
        for report in reports {
          report.read.warn()
          say(report.words)
        }
      }
      let claims = try requirements.claims
      let unmet = reports.flatMap { $0.prover.unmet(of: claims) }
      if !output.json { unmet.map(\.line).forEach(standardError) }
      if Interruption.isAskedFor {
        for read in read.dropFirst(reports.count) { standardError("\(read.source.name): not examined") }
        throw ExitStatus.interrupted.code
      }
      if !unmet.isEmpty { throw ExitStatus.refused.code }
    }
  }

  /// A single file's net is the object itself; several, or those of a folder, are in an array.
  private func members(of reports: [Report], _ passedOver: [String]) -> [(String, JSONValue)] {
    if nets.paths.count == 1, reports.count == 1, reports[0].read.source.name == nets.paths[0] {
      return reports[0].members
    }
    return [
      ("nets", JSONValue.array(reports.map { .object($0.members) })),
      ("passed_over", .array(passedOver.map { .string($0) })),
    ]
  }
}

/// What is said of one net.
private struct Report {
  let read: ReadNet
  let prover: Prover
  let behaviour: Behaviour
  let patience: Patience
  /// Why `install` would refuse the net; nil when it would not.
  let refusal: Diagnostics?

  init(of read: ReadNet, _ patience: Patience) {
    self.read = read
    self.patience = patience
    prover = Prover(of: read, patience)
    behaviour = prover.behaviour
    refusal = read.refusal
  }

  private var net: Net { read.net }
  private var structure: Structure { Structure(of: net) }

  /// The page that is printed.
  var words: Words {
    let width = Claim.allCases.map(\.title.count).max() ?? 0
    let structure = structure.words + structure.outstanding(in: net)
    var lines: [Words] = ["\(read.source.name): \(summary)"]
    if let about = net.about { lines.append("  \(about)") }
    if !structure.isEmpty { lines.append("  \(structure.joined(separator: "; "))") }
    lines.append("  \(size)")
    for claim in Claim.allCases {
      let finding = behaviour[claim]
      let title = claim.title.padding(to: width)
      lines.append("  \(sign(claim)) \(title)  \(finding.reason)")
      if let way = finding.way(in: net) { lines.append("    \("".padding(to: width))    \(way)") }
    }
    if net.transitions.contains(where: { $0.payload != nil || $0.when != nil }) {
      lines.append("  guards and schemas of payloads are left aside")
    }
    for (obligation, finding) in prover.findings {
      lines.append("  \(finding.verdict.sign) \(obligation.kind): \(obligation.statement.text)")
      lines.append("      \(finding.reason)")
      if let way = finding.way(in: net) { lines.append("      \(way)") }
    }
    for problem in refusal?.all ?? [] {
      lines.append("  install would refuse it: \(problem.message)")
      if let hint = problem.message.hint { lines.append("    \(hint)") }
    }
    return Words(lines)
  }

  /// The sign in front of a claim.
  private func sign(_ claim: Claim) -> String {
    claim == .sound && behaviour.workflow == nil ? "–" : behaviour[claim].verdict.sign
  }

  /// The net in a few words.
  private var summary: String {
    let counts = [
      (net.places.count, "place"), (net.transitions.count, "transition"), (net.arcs.count, "arc"),
      (net.initialMarking.counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }, "token"),
    ].map { counted($0.0, $0.1) }
    let roles = net.roles.map(\.name)
    return
      (["\(read.format.title)", counts.joined(separator: ", ")]
      + (behaviour.workflow?.isWorkflowNet == true ? ["workflow net"] : [])
      + (roles.isEmpty ? [] : ["roles \(roles.joined(separator: ", "))"])).joined(separator: "; ")
  }

  /// How large the state space is.
  private var size: String {
    let counts = "\(counted(behaviour.markings, "marking")), \(counted(behaviour.edges, "firing"))"
    if let stop = behaviour.stop { return "state space incomplete, \(patience.words(stop)); \(counts) so far" }
    let dead = behaviour.deadlocks ?? 0
    let most = "at most \(counted(behaviour.maxima?.place ?? 0, "token")) in a place"
    let all = behaviour.maxima?.marking.map { ", \($0) in all" } ?? ""
    return "\(counts); \(most)\(all)" + (dead == 0 ? "" : "; \(counted(dead, "deadlock"))")
  }

  /// The same for programs.
  var members: [(String, JSONValue)] {
    let isComplete = behaviour.isComplete
    let structure = structure
    func names(_ transitions: [Int]?) -> JSONValue {
      transitions.map { .array($0.map { .string(net.transitions[$0].name) }) } ?? .null
    }
    func names(ofPlaces places: [Int]) -> JSONValue { .array(places.map { .string(net.places[$0].name) }) }
    return [
      ("net", .string(net.name)),
      ("file", .string(read.source.name)),
      ("about", JSONValue(net.about)),
      ("format", .string(read.format.rawValue)),
      ("digest", .string(Hash(of: Array(net.canonicalForm.utf8)).description)),
      ("places", .number(net.places.count)),
      ("transitions", .number(net.transitions.count)),
      ("arcs", .number(net.arcs.count)),
      ("roles", .array(net.roles.map { .string($0.name) })),
      ("structure", .array(structure.words.map { .string($0) })),
      ("source_places", names(ofPlaces: structure.sourcePlaces)),
      ("sink_places", names(ofPlaces: structure.sinkPlaces)),
      ("isolated_places", names(ofPlaces: structure.isolatedPlaces)),
      ("source_transitions", names(structure.sourceTransitions)),
      ("sink_transitions", names(structure.sinkTransitions)),
      ("isolated_transitions", names(structure.isolatedTransitions)),
      ("workflow_net", .truth(behaviour.workflow?.isWorkflowNet == true)),
      ("markings", JSONValue(isComplete ? behaviour.markings : nil)),
      ("edges", JSONValue(isComplete ? behaviour.edges : nil)),
      ("max_tokens_in_place", JSONValue(isComplete ? behaviour.maxima?.place : nil)),
      ("max_tokens_in_marking", JSONValue(isComplete ? behaviour.maxima?.marking : nil)),
      ("deadlocks", JSONValue(behaviour.deadlocks)),
      ("home_markings", JSONValue(behaviour.homeMarkings)),
      ("dead_transitions", names(behaviour.deadTransitions)),
      ("live_transitions", names(behaviour.liveTransitions)),
      ("unbounded_places", names(ofPlaces: behaviour.unboundedPlaces)),
      ("markings_found", .number(behaviour.markings)),
      ("stopped_by", JSONValue(behaviour.stop.map { patience.name($0) })),
      ("claims", .object(Claim.allCases.map { ($0.rawValue, jsonValue(behaviour[$0])) })),
      ("statements", .array(prover.findings.map { jsonValue($0.finding, of: $0.obligation) })),
      ("install_refuses", .array((refusal?.all ?? []).map(\.jsonValue))),
      ("diagnostics", .array(read.warnings.all.map(\.jsonValue))),
    ]
  }

  private func jsonValue(_ finding: Finding) -> JSONValue { .object(members(of: finding)) }

  /// What is known of what the net's file says.
  private func jsonValue(_ finding: Finding, of obligation: Obligation) -> JSONValue {
    .object(
      [(obligation.kind, .string(obligation.statement.text)), ("line", .number(obligation.statement.location.line))]
        + members(of: finding))
  }

  private func members(of finding: Finding) -> [(String, JSONValue)] {
    func names(_ path: some Sequence<Int>) -> JSONValue { .array(path.map { .string(net.transitions[$0].name) }) }
    let pump = finding.pump.map { [("pump", names(finding.witness[$0]))] } ?? []
    return [
      ("verdict", .string(finding.verdict.rawValue)), ("witness", names(finding.witness)),
      ("reason", .string(finding.reason)),
    ] + pump
  }
}

extension Finding.Verdict {
  /// The sign in front of what was found out.
  fileprivate var sign: String {
    switch self {
    case .proved: "✓"
    case .refuted: "✗"
    case .undecided: "?"
    }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }
}

private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }
