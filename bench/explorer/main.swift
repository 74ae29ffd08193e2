import Diagnostics
import Foundation
import NetAnalysis
import NetFormats
import PetriNet

for path in CommandLine.arguments.dropFirst() {
  guard let data = FileManager.default.contents(atPath: path) else { continue }
  let net = try readNet(SourceFile(name: path, bytes: Array(data)), name: "net").net
  let bounds: [Int?] = net.places.map { _ in nil }
  guard let space = StateSpace(of: net, bounds: bounds) else { continue }
  let start = ContinuousClock.now
  let stop = space.explore()
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  print(
    (path as NSString).lastPathComponent, net.places.count, net.transitions.count, space.count, space.edges,
    space.deadlocks, stop.map { $0.rawValue } ?? "complete",
    String(format: "%.3f s, %.2f M markings/s, %.2f M firings/s, %.1f bytes/marking", seconds,
      Double(space.count) / seconds / 1e6, Double(space.edges) / seconds / 1e6,
      Double(space.bytes) / Double(space.count)))
}
