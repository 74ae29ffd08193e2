import Foundation
import Postgres
import TestServer
import Testing

/// Files whose storing is cut off in the middle: somebody who is about to fire in an instance holds the batch that has
/// its event.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct InterruptedFileTests {
  /// Runs the program on a file until it waits in the batch of a line, and gives it to the test.
  private func stop(
    atLine line: Int, of events: Shuttles, batch: Int, in bench: Bench, _ body: (Running) throws -> Void
  ) throws {
    var lines = events.lines
    lines.insert("{\"net\": \"shuttle\", \"id\": \"held\", \"action\": \"take\", \"key\": \"held\"}", at: line - 1)
    try bench.write(lines.joined(separator: "\n"), to: "events.ndjson")
    _ = try bench.answer("create", "shuttle", "held")
    let holder = try bench.connect()
    let watcher = try bench.connect()
    try holder.execute("BEGIN; SELECT ptflow_dispatch('shuttle', 'held', 'take')")
    let running = try bench.start("dispatch", "--file", "events.ndjson", "--batch", "\(batch)")
    while try watcher.query(Self.waiting).isEmpty {
      guard running.isRunning else {
        Issue.record("it ended before it waited: \(try running.end())")
        return
      }
    }
    try body(running)
    try holder.execute("ROLLBACK")
  }

  private static let waiting = """
    SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'ptflow' AND wait_event_type = 'Lock'
    """

  @Test func `a program that is killed and run again stores each event once`() throws {
    for _ in 0..<3 {
      try Bench.withShuttles { bench in
        let events = Shuttles(count: 2000)
        let line = Int.random(in: 1...2001)
        try stop(atLine: line, of: events, batch: 100, in: bench) { running in
          running.kill()
          let run = try running.end()
          #expect(run.code == -SIGKILL)
        }
        // The server still has the batch, and may store it before, while or after it comes again.
        let again = try bench.object("dispatch", "--file", "events.ndjson", "--batch", "130")
        #expect((again["stored"] as? Int ?? 0) + (again["replayed"] as? Int ?? 0) == 2001)
        #expect(again["replayed"] as? Int ?? 0 >= (line - 1) / 100 * 100, "line \(line): \(again)")
        try events.expectStored(2000, in: bench)
        #expect(try bench.values("SELECT seq::text FROM shuttle.events WHERE id = 'held' AND seq > 0") == ["1"])
        #expect(try bench.answer("verify") == "all nets: intact\n")
      }
    }
  }

  @Test func `a lost connection says which lines are not known`() throws {
    try Bench.withShuttles { bench in
      let events = Shuttles(count: 500)
      try stop(atLine: 250, of: events, batch: 100, in: bench) { running in
        try bench.connect().execute("SELECT pg_terminate_backend(w.pid) FROM (\(Self.waiting)) AS w")
        let run = try running.end()
        #expect(run.code == 2)
        #expect(
          run.errors == """
            error: the connection is lost: FATAL:  terminating connection due to administrator command
            Lines 1 to 200 are stored. Lines 201 to 300 were in flight: either all of them are stored, or none. Continue \
            with --from-line 201: an event with a key is stored once; for events without one, check first what is stored.

            """)
      }
      let rest = try bench.object("dispatch", "--file", "events.ndjson", "--from-line", "201")
      #expect(rest as? [String: Int] == ["lines": 501, "stored": 301, "replayed": 0])
      try events.expectStored(500, in: bench)
    }
  }

  @Test func `control-C takes back the batch in flight and says which lines are stored`() throws {
    try Bench.withShuttles { bench in
      let events = Shuttles(count: 500)
      try stop(atLine: 250, of: events, batch: 100, in: bench) { running in
        running.interrupt()
        let run = try running.end()
        #expect(run.code == 130)
        #expect(
          run.errors == """
            events.ndjson: stopped
            Lines 1 to 200 are stored. Continue with --from-line 201.

            """)
      }
      try events.expectStored(199 + 1, in: bench)
      let rest = try bench.object("dispatch", "--file", "events.ndjson", "--from-line", "201")
      #expect(rest as? [String: Int] == ["lines": 501, "stored": 301, "replayed": 0])
    }
  }

  @Test func `a huge file takes no more memory than one that fills a batch`() throws {
    let small = try peak(megabytes: 12)
    let huge = try peak(megabytes: 120)
    #expect(huge < small + 16, "\(huge) MiB, \(small) MiB for the small one")
  }

  /// The most memory that the program has had when it comes to the end of a file, in MiB.
  private func peak(megabytes: Int) throws -> Int {
    var peak = 0
    try Bench.withShuttles { bench in
      let padding = String(repeating: " ", count: 1 << 16)
      let events = Shuttles(lines: (0..<(16 * megabytes)).map { "\(Shuttles.take("\($0)"))\(padding)" })
      try stop(atLine: events.lines.count + 1, of: events, batch: 1000, in: bench) { running in
        let status = try String(contentsOfFile: "/proc/\(running.pid)/status", encoding: .utf8)
        let line = try #require(status.firstMatch(of: /VmHWM:\s+([0-9]+) kB/))
        peak = try #require(Int(line.1)) / 1024
        running.kill()
        _ = try running.end()
      }
      #expect(try bench.values("SELECT count(*)::text FROM shuttle.events WHERE id <> 'held'") != ["0"])
    }
    return peak
  }
}
