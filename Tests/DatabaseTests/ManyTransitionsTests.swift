import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// A net whose transitions are fired by several functions.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ManyTransitionsTests {
  @Test(arguments: [200, 201, 450])
  func `each transition fires, whichever function it is in`(_ count: Int) throws {
    let net = try Net(
      "many", (0..<count).map { Place("p\($0)", initial: $0 == 0 ? 2 : 0) },
      (0..<count).map { number in
        .t(number == 7 ? "step_1" : "t\(number)", .input("p\(number)"), .output("p\((number + 1) % count)"))
      })
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      let parts = try connection.query(
        """
        SELECT proname FROM pg_proc
         WHERE pronamespace = 'many'::regnamespace AND proargnames[1] = 'marking' AND proname LIKE 'step\\__' ORDER BY 1
        """
      ).map { $0[0] ?? "" }
      #expect(parts == [200: [], 201: ["step_1", "step_2"], 450: ["step_1", "step_2", "step_3"]][count])
      for transition in net.transitions { try connection.dispatch("many", "single", transition.name) }
      #expect(try connection.value("SELECT p0 FROM many.states WHERE id = 'single'") == "2")
      let events = net.transitions.map { "{\"net\": \"many\", \"id\": \"bulk\", \"action\": \"\($0.name)\"}" }
      try connection.execute("SELECT ptflow_dispatch_many('[\(events.joined(separator: ","))]')")
      #expect(try connection.value("SELECT p0 FROM many.states WHERE id = 'bulk'") == "2")
      for refused in ["t1", "t\(count - 1)", "step_1"] {
        #expect(try connection.code("SELECT ptflow_dispatch('many', 'single', '\(refused)')") == "PT409")
      }
      #expect(try connection.code("SELECT ptflow_dispatch('many', 'single', 'none')") == "PT404")
      #expect(try connection.problems("many") == [])
    }
  }
}
