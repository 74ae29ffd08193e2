import PetriNet
import Postgres
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
}
