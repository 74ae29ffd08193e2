import PetriNet
import Postgres
import TestServer
import Testing

/// Dispatches in the transactions, triggers and functions of those who call them.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct TransactionTests {
  @Test func `what is rolled back was never there, and its seq goes to who comes next`() throws {
    let net = try Net.counter()
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      var kept: [Event] = []
      func up(_ key: String? = nil) throws -> Event {
        let call = Call(net: "counter", id: "a", action: "up", key: key)
        return Event(call, try connection.dispatch(call), of: net)
      }
      try connection.execute("BEGIN")
      #expect(try up("k").seq == 1)
      try connection.execute("ROLLBACK")
      #expect(try connection.value("SELECT count(*) FROM counter.states") == "0")

      try connection.execute("BEGIN")
      kept.append(try up())
      try connection.execute("SAVEPOINT one")
      _ = try up("k")
      try connection.execute("SAVEPOINT two")
      #expect(try up().seq == 3)
      try connection.execute("ROLLBACK TO one")
      // The key was never used, and neither was seq 2.
      kept.append(try up("k"))
      try connection.execute("SAVEPOINT three")
      kept.append(try up())
      try connection.execute("RELEASE three; COMMIT")
      kept.append(try up())
      #expect(kept.map(\.seq) == [1, 2, 3, 4])
      let log = try Log(of: net, on: connection)
      try log.check(on: connection)
      #expect(log.events == kept)
    }
  }

  @Test func `a trigger fires with the row, and a refusal keeps the row out`() throws {
    let net = try Net.token()
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.execute(
        """
        CREATE TABLE loan (tool text, person text, PRIMARY KEY (tool, person));
        CREATE FUNCTION lend() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                PERFORM ptflow_dispatch('token', NEW.tool, 'take', to_jsonb(NEW));
            ELSE
                PERFORM ptflow_dispatch('token', OLD.tool, 'give', to_jsonb(OLD));
            END IF;
            RETURN NULL;
        END;
        $$;
        CREATE TRIGGER lend AFTER INSERT OR DELETE ON loan FOR EACH ROW EXECUTE FUNCTION lend();
        """)
      // One of them gets each tool, whoever comes first; who gives it back makes room for the next.
      let outcomes = try Crew(16) { number in
        let connection = try database.connect()
        return (0..<5).map { connection.outcome("INSERT INTO loan VALUES ('tool \($0)', 'person \(number)')") }
      }.results().joined()
      #expect(outcomes.filter { $0 == "ok" }.count == 5)
      #expect(outcomes.filter { $0 == "PT409" }.count == 75)
      #expect(try connection.value("SELECT count(*) FROM loan") == "5")
      #expect(connection.outcome("INSERT INTO loan VALUES ('new', 'ann'), ('tool 0', 'ann')") == "PT409")
      #expect(try connection.value("SELECT count(*) FROM token.states WHERE id = 'new'") == "0")
      #expect(connection.outcome("DELETE FROM loan") == "ok")
      let log = try Log(of: net, on: connection)
      try log.check(on: connection)
      #expect(log.events.map(\.action) == Array(repeating: ["take", "give"], count: 5).flatMap(\.self))
    }
  }

  @Test func `a function that catches refusals goes on with something else`() throws {
    let net = try Net.token()
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.execute(
        """
        CREATE FUNCTION take_any(tools text[]) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE
            tool   text;
            detail text;
        BEGIN
            FOREACH tool IN ARRAY tools LOOP
                BEGIN
                    PERFORM ptflow_dispatch('token', tool, 'take', jsonb_build_object('by', pg_backend_pid()));
                    RETURN tool;
                EXCEPTION WHEN SQLSTATE 'PT409' THEN
                    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
                    ASSERT (detail::jsonb #>> '{places,0,tokens}') = '0';
                END;
            END LOOP;
            RETURN NULL;
        END;
        $$;
        """)
      let tools = (0..<6).map { "tool \($0)" }
      let taken = try Crew(12) { number in
        // All in one order: who holds one and wants another would else wait for who does the opposite.
        try database.connect().value("SELECT take_any($1)", ["{\(tools.joined(separator: ","))}"])
      }.results()
      #expect(taken.compactMap(\.self).sorted() == tools)
      let log = try Log(of: net, on: connection)
      try log.check(on: connection)
      #expect(log.events.count == 6)
    }
  }
}
