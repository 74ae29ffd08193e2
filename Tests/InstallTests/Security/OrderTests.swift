import Foundation
import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// Nothing is locked, read or told before it is allowed. Somebody holds what would be locked, so that whoever locked it
/// first would run into a timeout (55P03).
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct OrderTests {
  /// Two nets; alice may fire `x` of `game` and nothing of `other`. An instance of each is there, and the owner is about to
  /// fire in both.
  private func held(_ body: (Site) throws -> Void) throws {
    try Site.with([.game(), .game("other")]) { site in
      try site.make("alice")
      try site.grant("fire", "PlayerX", to: "alice")
      let owner = try site.asOwner()
      for net in ["game", "other"] { try owner.query("SELECT ptflow_create($1, 'there')", [net]) }
      try owner.execute("BEGIN")
      for net in ["game", "other"] {
        for id in ["there", "new"] { try owner.query("SELECT ptflow_dispatch($1, $2, 'x')", [net, id]) }
      }
      try site.superuser().execute("ALTER ROLE \(site.role("alice")) SET lock_timeout = '50ms'")
      try body(site)
      try owner.execute("ROLLBACK")
    }
  }

  @Test(arguments: [
    "{'game there x'},{'other there x'}", "{'other there x'},{'game there x'}", "{'game there x'},{'game there o'}",
    "{'game there o'},{'game there x'}", "{'game new x'},{'other new x'}", "{'game there x'},{'nothing there x'}",
    "{'game there x'},{'game there nothing'}", "{'game there x'},{'game there x multiple 0'}",
  ])
  func `of many events none is fired, nor its instance waited for, before all are allowed`(events: String) throws {
    try held { site in
      let alice = try site.connect(as: "alice")
      let list = events.split(separator: ",").map { event in
        let words = event.trimmingCharacters(in: CharacterSet(charactersIn: "{}'")).split(separator: " ")
        let multiple = words.count > 3 ? ", \"multiple\": \(words[4])" : ""
        return "{\"net\": \"\(words[0])\", \"id\": \"\(words[1])\", \"action\": \"\(words[2])\"\(multiple)}"
      }
      let code =
        events.contains("nothing") ? "PT404" : events.contains("multiple") ? "PT400" : "PT403"
      #expect(alice.outcome("SELECT ptflow_dispatch_many('[\(list.joined(separator: ", "))]')") == code)
      // What is allowed does wait.
      let allowed = "[{\"net\": \"game\", \"id\": \"there\", \"action\": \"x\"}]"
      #expect(alice.outcome("SELECT ptflow_dispatch_many('\(allowed)')") == "55P03")
    }
  }

  @Test func `whether an instance is there is told to nobody who may not know`() throws {
    try held { site in
      let alice = try site.connect(as: "alice")
      for (function, rest) in [
        ("dispatch", ", 'x'"), ("dispatch", ", 'x', '{}', 1, 7"), ("dispatch", ", 'x', key => 'k'"), ("create", ""),
        ("state", ""), ("state", ", 1"), ("enabled", ""), ("why_not", ", 'x'"), ("events", ""), ("verify", ""),
      ] {
        for net in ["other", function == "dispatch" || function == "create" ? "other" : "game"] {
          let errors = try ["there", "new", "missing"].map { id in
            let error = #expect(throws: PostgresError.self) {
              try alice.query("SELECT ptflow_\(function)('\(net)', '\(id)'\(rest))")
            }
            return try #require(error).described(without: id)
          }
          #expect(errors[0].hasPrefix("PT403"), "\(function): \(errors[0])")
          #expect(Set(errors).count == 1, "\(function): \(errors)")
        }
      }
    }
  }

  @Test func `who may not remove, grant or install locks nothing`() throws {
    try held { site in
      let alice = try site.connect(as: "alice")
      for statement in [
        "SELECT ptflow.uninstall('game', true)", "SELECT ptflow.lock_catalogue()",
        "SELECT ptflow.lock_instances('game')",
        "SELECT ptflow.add_grant('game', 'fire', '*', current_user)",
        "SELECT ptflow.remove_grant('game', 'fire', '*', 'x')",
      ] {
        #expect(alice.outcome(statement) == "42501", "\(statement)")
      }
      let error = #expect(throws: PostgresError.self) {
        try Installer.install([try plan(.game(stones: 6))], facade: nil, on: alice)
      }
      #expect(error?.sqlstate == "42P06")
    }
  }

  @Test func `the owner keeps nobody out of a net that stays`() throws {
    try held { site in
      let owner = try site.asOwner()
      try owner.execute("SET lock_timeout = '50ms'")
      #expect(owner.outcome("SELECT ptflow.uninstall('game')") == "55006")
      #expect(owner.outcome("SELECT ptflow.uninstall('nothing', true)") == "PT404")
      for dryRun in [false, true] {
        let refused = site.refusal {
          _ = try Installer.install([try plan(.game(stones: 6))], facade: nil, on: owner, dryRun: dryRun)
        }
        guard case .changed(_, 1, _)? = refused as? InstallRefusal else {
          Issue.record("\(String(describing: refused))")
          continue
        }
      }
      let late = #expect(throws: PostgresError.self) { try owner.execute("SELECT ptflow.uninstall('game', true)") }
      #expect(late?.sqlstate == "55P03")
      #expect(late?.message == "somebody has been using the net game in a transaction for too long")
    }
  }
}

extension PostgresError {
  /// All that it says, with the name of an instance left out.
  fileprivate func described(without id: String) -> String {
    [sqlstate, message, detail ?? "", hint ?? ""].joined(separator: "|")
      .replacing("\"\(id)\"", with: "ID").replacing(" \(id)", with: " ID").replacing("'\(id)'", with: "ID")
  }
}
