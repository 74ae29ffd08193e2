// Random nets, of which everything that the analysis says is held against what the firing rule gives, marking by marking.
//
//   analysis-fuzz FIRST COUNT    so many nets from a seed on; says what differs, and ends with 1 if anything does
//
// It is built for release, so that a minute sees tens of thousands of nets; what it found once stands in NetAnalysisTests.

import Foundation
import NetAnalysis
import Oracle
import PetriNet
import TestNets

let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
guard arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: analysis-fuzz FIRST COUNT\n".utf8))
  exit(64)
}
var tally = Tally()
for seed in arguments[0]..<(arguments[0] + arguments[1]) {
  var generator = SeededGenerator(seed: seed)
  let net =
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: try Net.random("random", using: &generator)
    case 1: try Net.randomChains(using: &generator)
    case 2: try Net.randomMoves(using: &generator)
    default: try Net.randomOpen(using: &generator)
    }
  var trial = Trial(net, seed: seed, using: generator)
  tally.add(trial.run())
}
print(tally.words)
exit(tally.differences == 0 ? 0 : 1)
