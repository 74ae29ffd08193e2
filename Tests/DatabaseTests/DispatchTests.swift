import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct DispatchTests {
  @Test func `a dispatch fires, answers the marking and appends an event`() throws {
    try TestDatabase.with(nets: [.shuttle]) { database in
      let connection = try database.connect()
      let answer = try connection.query(
        "SELECT a ->> 'seq', a -> 'state' ->> 'there' FROM ptflow_dispatch('shuttle', 'a', 'take') AS a")
      #expect(answer[0].values == ["1", "1"])
      let events = try connection.query("SELECT action, multiple, payload, state FROM ptflow_events('shuttle', 'a')")
      #expect(events.map(\.values) == [["take", "1", "{}", "{\"here\": 0, \"there\": 1}"]])
      #expect(try connection.query("SELECT FROM ptflow_verify('shuttle')").isEmpty)
    }
  }

  @Test(arguments: Arc.Kind.allCases, [1, 2])
  func `a first dispatch begins the instance, whatever the transition does`(_ kind: Arc.Kind, _ places: Int) throws {
    let net = try Net(
      "lone", (0..<places).map { Place("p\($0)", initial: kind == .inhibitor ? 0 : 5) }, [.t("t", .arc(kind, "p0"))])
    let after = [Arc.Kind.input: "4", .output: "6", .read: "5", .inhibitor: "0", .reset: "0"][kind]
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.dispatch("lone", "a", "t")
      try connection.execute(
        "SELECT ptflow_dispatch_many('[{\"net\": \"lone\", \"id\": \"b\", \"action\": \"t\"}]')")
      let states = try connection.query("SELECT id, seq, p0 FROM lone.states ORDER BY id").map(\.values)
      #expect(states == [["a", "1", after], ["b", "1", after]])
      #expect(try connection.problems("lone") == [])
    }
  }
}
