// How fast reachable markings are explored on one core, beside the explorer that one writes first.
//
//   bench-explorer FILE…    a table; the naive one stops after 400 000 markings, the best of three runs counts

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

func cells(_ path: String) throws -> [String] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  let net = try readNet(SourceFile(name: path, bytes: Array(data)), name: "net").net
  let bounds = LinearFacts(of: net).bounds.map { $0?.most }
  var best = (seconds: Double.infinity, markings: 0, firings: 0, bytes: 0)
  var naive = (seconds: Double.infinity, markings: 0, firings: 0)
  for _ in 0..<3 {
    guard let space = StateSpace(of: net, bounds: bounds) else { return [path, "no memory"] }
    let packed = seconds { _ = space.explore() }
    if packed < best.seconds { best = (packed, space.count, space.edges, space.bytes) }
    var explorer: NaiveExplorer?
    let plain = seconds { explorer = NaiveExplorer(net, limit: 400_000) }
    if let explorer, plain < naive.seconds { naive = (plain, explorer.markings, explorer.firings) }
  }
  let (rate, naiveRate) = (Double(best.firings) / best.seconds, Double(naive.firings) / naive.seconds)
  return [
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent,
    "\(net.places.count)/\(net.transitions.count)",
    "\(best.markings)", "\(best.firings)", String(format: "%.2f", Double(best.markings) / best.seconds / 1e6),
    String(format: "%.1f", rate / 1e6), String(format: "%.1f", Double(best.bytes) / Double(best.markings)),
    String(format: "%.2f", naiveRate / 1e6), String(format: "%.0f", rate / naiveRate),
  ]
}

let head = [
  "net", "P/T", "markings", "firings", "M markings/s", "M firings/s", "bytes/marking", "naive M firings/s", "ratio",
]
print(head.joined(separator: "\t"))
for path in CommandLine.arguments.dropFirst() { print(try cells(path).joined(separator: "\t")) }
