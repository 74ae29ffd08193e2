import Differential
import Dispatch
import Foundation
import TestServer

// torture: the database against the reference semantics, for as long as it is given. Not part of the product.
//
//   TORTURE_SECONDS   how long, 600 by default
//   TORTURE_SEED      the first net's seed; each net has the next. A difference is printed with the seed that shows it again
//   TORTURE_NETS      at most so many nets; no limit by default
//   TORTURE_THREADS   how many sessions at once, 2 by default
//   TORTURE_CALLS     how many calls a net gets, 6000 by default

func number(_ name: String, _ otherwise: Int) -> Int {
  guard let text = ProcessInfo.processInfo.environment[name], !text.isEmpty else { return otherwise }
  guard let number = Int(text), number >= 0 else {
    print("\(name) is \(text), which is no number of 0 or more.")
    exit(64)
  }
  return number
}

func line(_ text: String) {
  FileHandle.standardOutput.write(Data((text + "\n").utf8))
}

if let absence = TestServer.absence {
  line("torture cannot run: \(absence)")
  exit(1)
}

let interrupted = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
signal(SIGINT, SIG_IGN)
interrupted.setEventHandler { exit(130) }
interrupted.resume()

let seed = number("TORTURE_SEED", Int.random(in: 1...999_999_999))
let race = Race(
  seed: UInt64(seed), seconds: number("TORTURE_SECONDS", 600), nets: number("TORTURE_NETS", Int.max), report: line)
let (threads, calls) = (max(1, number("TORTURE_THREADS", 2)), number("TORTURE_CALLS", 6000))
_ = TestServer.url
line("torture: seed \(seed), \(threads) sessions, \(calls) calls a net")

await withTaskGroup(of: Void.self) { group in
  for _ in 0..<threads {
    group.addTask {
      while let seeds = await race.next() {
        do {
          let cases = seeds.map { (seed: $0, one: Case(seed: $0)) }
          let tallies = try Arena.with(cases.map(\.one)) { arena in
            try cases.map { try compare(seed: $0.seed, $0.one, calls: calls, in: arena) }
          }
          await race.add(tallies)
        } catch {
          await race.fail("\(error)")
        }
      }
    }
  }
}
exit(await race.end())
