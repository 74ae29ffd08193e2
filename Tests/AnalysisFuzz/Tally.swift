/// What became of the nets.
struct Tally {
  private(set) var differences = 0
  private var nets = 0
  private var complete = 0
  private var decided: [String: Int] = [:]
  private var undecided: [String: Int] = [:]

  mutating func add(_ outcome: Outcome) {
    nets += 1
    if outcome.isComplete { complete += 1 }
    differences += outcome.differences.count
    for kind in outcome.decided { decided[kind, default: 0] += 1 }
    for kind in outcome.undecided { undecided[kind, default: 0] += 1 }
    for difference in outcome.differences { print(difference) }
  }

  var words: String {
    let kinds = Set(decided.keys).union(undecided.keys).sorted()
    let lines = kinds.map { "  \($0): \(decided[$0] ?? 0) decided, \(undecided[$0] ?? 0) not" }
    return (["\(nets) nets, \(complete) of them with all markings known; \(differences) differences"] + lines)
      .joined(separator: "\n")
  }
}

/// What became of one net.
struct Outcome {
  var isComplete = false
  var differences: [String] = []
  var decided: [String] = []
  var undecided: [String] = []
}
