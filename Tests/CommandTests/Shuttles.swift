import Foundation
import Postgres
import Testing

/// Events of two nets (`shuttle` and `ferry`) and many instances of each, which are all allowed in this order; each has a
/// key and its number as payload.
struct Shuttles {
  let lines: [String]

  /// Lines of the test's own.
  init(lines: [String]) { self.lines = lines }

  /// So many of them.
  init(count: Int) {
    lines = (0..<count).map { number in
      let net = number % 2 == 0 ? "shuttle" : "ferry"
      let id = number / 2 % 20
      let action = number / 40 % 2 == 0 ? "take" : "put"
      return #"{"net": "\#(net)", "id": "\#(id)", "action": "\#(action)", "payload": \#(number), "key": "k\#(number)"}"#
    }
  }

  /// The file.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// The first event of an instance.
  static func take(_ id: String) -> String { #"{"net": "shuttle", "id": "\#(id)", "action": "take"}"# }

  /// Expects the first so many events in the database, each once and in its place, and no other but of the instance "held".
  func expectStored(_ count: Int, in bench: Bench) throws {
    for (net, remainder) in [("shuttle", 0), ("ferry", 1)] {
      let found = try bench.values(
        "SELECT concat_ws(' ', id, seq, payload) FROM \(net).events WHERE id <> 'held' AND seq > 0 ORDER BY payload::bigint"
      )
      let expected = (0..<count).filter { $0 % 2 == remainder }.map { "\($0 / 2 % 20) \($0 / 40 + 1) \($0)" }
      #expect(found == expected, "\(net): \(found.count) instead of \(expected.count)")
    }
  }
}

extension Bench {
  /// Runs a test with the nets `shuttle` and `ferry`.
  static func withShuttles(_ body: (Bench) throws -> Void) throws {
    try withDatabase { bench in
      try bench.write(shuttle, to: "shuttle.pflow")
      try bench.write(shuttle, to: "ferry.pflow")
      _ = try bench.answer("install", "shuttle.pflow", "ferry.pflow")
      try body(bench)
    }
  }

  /// The values of a query's one column.
  func values(_ query: String) throws -> [String] { try connect().query(query).map { $0[0] ?? "NULL" } }
}
