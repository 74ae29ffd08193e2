// One run on one net, on one core, as a JSON object of counts, bytes and seconds of processor time.
// bench/measures/explorer.py runs it many times and takes medians.
//
//   bench-explorer explore FILE    all markings, beside the explorer that one writes first, which stops after 1 500 000
//   bench-explorer analyse FILE    minimal semiflows, and bounds of all places
//   bench-explorer decide FILE     the claims that are decided in ten seconds of processor time and 1 GiB: 1 for proved, 0
//                                  for refuted
//   bench-explorer decide-plain FILE    the same without reductions
//   bench-explorer read FILE       the reading of the file alone

import Diagnostics
import Foundation
import NetAnalysis
import NetFormats
import PetriNet

/// The processor's time, since machines are shared.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = clock()
  try body()
  return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

func read(_ path: String) throws -> Net {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  return try readNet(SourceFile(name: path, bytes: Array(data)), name: "net").net
}

/// The plain explorer runs first, so that memory that it gives back is no advantage of its own. It does as much of the
/// same work as fits into a few gigabytes: a small part fits better into the caches, and would be no measure of the whole.
func explore(_ net: Net) -> [(String, Double)]? {
  var plain: NaiveExplorer?
  let plainSeconds = seconds { plain = NaiveExplorer(net, limit: 1_500_000) }
  guard let plain, let space = StateSpace(of: net, bounds: LinearFacts(of: net).bounds.map { $0?.most }) else {
    return nil
  }
  var stop: Stop?
  let packedSeconds = seconds { stop = space.explore() }
  guard stop == nil else { return nil }
  return [
    ("markings", Double(space.count)), ("firings", Double(space.edges)), ("bytes", Double(space.bytes)),
    ("seconds", packedSeconds), ("plain_markings", Double(plain.markings)), ("plain_firings", Double(plain.firings)),
    ("plain_seconds", plainSeconds),
  ]
}

func analyse(_ net: Net) -> [(String, Double)] {
  var isComplete = false
  let semiflowSeconds = seconds {
    let places = placeSemiflows(of: net)
    let transitions = transitionSemiflows(of: net)
    isComplete = places != nil && transitions != nil
  }
  var bounded = 0
  let boundSeconds = seconds { bounded = LinearFacts(of: net).bounds.count { $0 != nil } }
  return [
    ("semiflow_seconds", semiflowSeconds), ("semiflows_complete", isComplete ? 1 : 0),
    ("bound_seconds", boundSeconds), ("bounded_places", Double(bounded)),
  ]
}

func decide(_ net: Net, reduces: Bool) -> [(String, Double)] {
  let start = clock()
  func share() -> Double { Double(clock() - start) / Double(CLOCKS_PER_SEC) / 10 }
  func bounds() -> [Int?] { LinearFacts(of: net, shouldStop: { share() >= 1 }).bounds.map { $0?.most } }
  var verdicts: [(String, Double)] = []
  let seconds = seconds {
    let behaviour = examine(net, bounds: bounds(), limits: Limits(bytes: 1 << 30, reduces: reduces)) { _ in share() }
    verdicts = Claim.allCases.compactMap { claim in
      let verdict = behaviour[claim].verdict
      return verdict == .undecided ? nil : (claim.rawValue, verdict == .proved ? 1 : 0)
    }
  }
  return [("seconds", seconds)] + verdicts
}

func figures(_ kind: String, _ net: Net) -> [(String, Double)]? {
  switch kind {
  case "explore": explore(net)
  case "analyse": analyse(net)
  default: decide(net, reduces: kind == "decide")
  }
}

let arguments = CommandLine.arguments
guard arguments.count == 3, ["explore", "analyse", "decide", "decide-plain", "read"].contains(arguments[1]) else {
  FileHandle.standardError.write(Data("usage: bench-explorer explore|analyse|decide|decide-plain|read FILE\n".utf8))
  exit(64)
}
var net: Net?
let readSeconds = try seconds { net = try read(arguments[2]) }
guard let net,
  let figures = arguments[1] == "read" ? [("seconds", readSeconds)] : figures(arguments[1], net)
else {
  FileHandle.standardError.write(Data("not all markings were found: is there enough memory?\n".utf8))
  exit(1)
}
print("{\(figures.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}")
