import Chain
import Installer
import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What is taken out of events is gone, and the chain stays whole.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct RedactionTests {
  private func with(_ body: (TestDatabase, borrowing Connection) throws -> Void) throws {
    let net = try Net("n", [Place("p")], [.t("t", .output("p"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for number in 1...4 {
        let payload = #"{"name": "Ännä \#(number)"}"#
        try connection.dispatch("n", "a", "t", payload: payload, multiple: number == 3 ? 2 : 1, key: "k\(number)")
      }
      try connection.dispatch("n", "b", "t", payload: "null", key: "k1")
      try body(database, connection)
    }
  }

  @Test func `a payload that was taken out is null, its hash is chained, and everything verifies`() throws {
    try with { _, connection in
      let heads = try heads(connection)
      #expect(try connection.value("SELECT n.redact('a', 2, 3)") == "2")
      #expect(try connection.value("SELECT n.redact('a', 1, 2)") == "1")
      #expect(try connection.value("SELECT n.redact('a', 1, 3)") == "0")
      let payloads = try connection.query("SELECT payload FROM ptflow_events('n', 'a')").map { $0[0] }
      #expect(payloads == ["null", "null", "null", #"{"name": "Ännä 4"}"#])
      #expect(try connection.problems("n") == [])
      #expect(try Installer.heads(connection) == heads)
      #expect(try unconfirmed(heads, on: connection) == [])

      let index = try #require(heads.firstIndex { $0.id == "a" })
      let proof = try #require(try prove(index, of: heads, on: connection))
      #expect(proof.problems(against: MerkleTree(heads).root) == [])
      #expect(proof.events.filter { if case .redacted = $0.payload { true } else { false } }.count == 3)

      try connection.dispatch("n", "a", "t")
      #expect(try connection.problems("n") == [])
      #expect(try connection.value("SELECT count(*) FROM n.redactions WHERE redacted_by = current_user") == "3")
    }
  }

  @Test func `a retry is known by the hash of what was taken out`() throws {
    try with { _, connection in
      try connection.query("SELECT n.redact('a', 1, 1)")
      let same = #"{"name": "Ännä 1"}"#
      #expect(try connection.dispatch("n", "a", "t", payload: same, key: "k1").replayed == true)
      for payload in ["null", #"{"name": "Ännä 2"}"#] {
        let refusal = try connection.refusal(dispatching: "t", "n", "a", payload: payload, key: "k1")
        #expect(refusal.code == "PT422" && refusal.detail["differs"] == ["payload"])
      }
      func many(_ payload: String) -> String {
        #"SELECT ptflow_dispatch_many('[{"net": "n", "id": "a", "action": "t", "payload": \#(payload), "key": "k1"}]')"#
      }
      #expect(try connection.value("\(many(same)) -> 0 -> 'replayed'") == "true")
      #expect(try connection.refusal(many("null")).code == "PT422")
    }
  }

  @Test func `keys are forgotten before a time, and the chain stays whole`() throws {
    try with { _, connection in
      let moment = try connection.value("SELECT at FROM n.events WHERE id = 'a' AND seq = 4")
      #expect(try connection.value("SELECT n.forget_keys($1)", [moment]) == "3")
      let keys = try connection.query("SELECT multiple, key FROM ptflow_events('n', 'a')").map(\.values)
      #expect(keys == [["1", nil], ["1", nil], ["2", nil], ["1", "k4"]])
      #expect(try connection.value("SELECT count(*) FROM n.details WHERE id = 'a'") == "2")
      #expect(try connection.problems("n") == [])
      #expect(try connection.value("SELECT n.redact('a', 1, 4)") == "4")
      #expect(try connection.problems("n") == [])
      #expect(try connection.dispatch("n", "a", "t", key: "k1").replayed == false)
      #expect(try connection.value("SELECT n.forget_keys('infinity')") == "3")
      #expect(try connection.problems("n") == [])
    }
  }

  @Test(arguments: [
    ("UPDATE n.events SET payload = '{\"name\": \"Eve\"}' WHERE id = 'a' AND seq = 2", ["a 2 redaction"]),
    ("UPDATE n.redactions SET payload_hash = sha256('Eve') WHERE seq = 2", ["a 2 hash"]),
    ("DELETE FROM n.redactions WHERE seq = 2", ["a 2 hash"]),
    ("UPDATE n.redactions SET seq = 9 WHERE seq = 2", ["a 2 hash", "a 9 redaction"]),
    ("INSERT INTO n.details VALUES (4, 1, 'a', 'k4')", ["a 4 redaction"]),
  ])
  func `what was put back, or taken out otherwise, is found`(_ change: String, _ problems: [String]) throws {
    try with { _, connection in
      try connection.query("SELECT n.redact('a', 2, 2)")
      if change.hasPrefix("INSERT") { try connection.query("SELECT n.forget_keys('infinity')") }
      try connection.takeDownAllWalls()
      try connection.execute(change)
      #expect(try connection.problems("n") == problems)
    }
  }

  @Test func `nobody else takes anything out, nor by hand`() throws {
    try with { database, connection in
      let member = "\(database.name)_m"
      try connection.execute("CREATE ROLE \(member) LOGIN")
      for (privilege, role) in [("read", ""), ("fire", "*"), ("gateway", "")] {
        try connection.query("SELECT ptflow.add_grant('n', $1, $2, $3)", [privilege, role, member])
      }
      let other = try database.connect(as: member)
      #expect(try other.code("SELECT n.redact('a', 1, 1)") == "42501")
      #expect(try other.code("SELECT n.forget_keys('infinity')") == "42501")
      for statement in [
        "DELETE FROM n.redactions", "UPDATE n.redactions SET redacted_by = ''",
        "INSERT INTO n.redactions (id, key_hash, redacted_by) VALUES ('a', sha256(''), 'x')",
      ] {
        #expect(try connection.code(statement) != "", "\(statement)")
      }
      for call in ["redact('a', 0, 1)", "redact('a', 2, 1)", "redact('a', NULL, 1)", "forget_keys(NULL)"] {
        #expect(try connection.refusal("SELECT n.\(call)").code == "PT400", "\(call)")
      }
      #expect(try connection.refusal("SELECT n.redact('no', 1, 1)").code == "PT404")
      // A wall that was opened for it is closed again.
      try connection.query("SELECT n.redact('a', 1, 1)")
      #expect(try connection.code("UPDATE n.events SET payload = '{}'") == "23000")
    }
  }
}
