import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// Dispatch from triggers, of any table: of the log and its companions, and of users' own.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct TriggerTests {
  /// `x` and `y` each take one of the stones and count it; `rest` changes nothing.
  private static func game(_ name: String) throws -> Net {
    try Net(
      name, [Place("stones", initial: 40), Place("xs"), Place("ys")],
      [
        .t("x", .input("stones"), .output("xs")), .t("y", .input("stones"), .output("ys")),
        .t("rest", .read("stones")),
      ])
  }

  private static func with(_ body: (borrowing Connection) throws -> Void) throws {
    try TestDatabase.with(nets: [game("one"), game("two"), game("three")]) { database in
      let connection = try database.connect()
      try connection.execute("SET search_path = public")
      try body(connection)
    }
  }

  /// What happened to an instance: its actions in order.
  private static func actions(_ net: String, _ id: String, _ connection: borrowing Connection) throws -> [String] {
    try connection.query("SELECT action FROM ptflow_events($1, $2)", [net, id]).map { $0[0] ?? "" }
  }

  private static func demandIntact(_ connection: borrowing Connection) throws {
    for net in ["one", "two", "three"] { #expect(try connection.problems(net) == [], "\(net)") }
  }

  /// What fires, for one event and for many.
  enum Way: CaseIterable {
    case single, key, bulk, bulkOfTwo, door

    func fire(_ net: String, _ id: String, on connection: borrowing Connection) throws {
      let event = "{\"net\": \"\(net)\", \"id\": \"\(id)\", \"action\": \"x\"}"
      switch self {
      case .single: try connection.dispatch(net, id, "x")
      case .key: try connection.dispatch(net, id, "x", key: "k")
      case .bulk: try connection.query("SELECT ptflow_dispatch_many($1)", ["[\(event)]"])
      case .bulkOfTwo:
        let other = "{\"net\": \"\(net)\", \"id\": \"\(id) too\", \"action\": \"rest\"}"
        try connection.query("SELECT ptflow_dispatch_many($1)", ["[\(other), \(event), \(other)]"])
      case .door: try connection.query("SELECT \(net).x($1)", [id])
      }
    }
  }

  @Test(
    arguments: [
      ("BEFORE INSERT ON one.events", "ROW"), ("AFTER INSERT ON one.events", "ROW"),
      ("BEFORE INSERT ON one.events", "STATEMENT"), ("AFTER INSERT ON one.events", "STATEMENT"),
      ("BEFORE INSERT ON one.instances", "ROW"), ("AFTER INSERT ON one.instances", "ROW"),
      ("BEFORE INSERT ON one.details", "ROW"), ("AFTER INSERT ON one.details", "ROW"),
    ], Way.allCases)
  func `a trigger on a table of a net dispatches to another net, and to another instance`(
    _ trigger: (String, String), _ way: Way
  ) throws {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF pg_trigger_depth() = 1 THEN
                PERFORM public.ptflow_dispatch('two', 'a', 'y', multiple => 2);
                PERFORM public.ptflow_dispatch_many('[{"net": "two", "id": "b", "action": "y"}, {"net": "two", "id": "b", "action": "y"}]');
                PERFORM public.ptflow_dispatch('one', 'other', 'rest');
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER follow \(trigger.0) FOR EACH \(trigger.1) EXECUTE FUNCTION follow();
        """)
      try way.fire("one", "a", on: connection)
      #expect(try Self.actions("one", "a", connection) == ["x"])
      if !trigger.0.hasSuffix("details") || way == .key {
        let two = try Self.actions("two", "a", connection)
        #expect(!two.isEmpty && Set(two) == ["y"])
        #expect(try Self.actions("two", "b", connection).count == 2 * two.count)
        #expect(try Self.actions("one", "other", connection).count == two.count)
      }
      try Self.demandIntact(connection)
    }
  }

  @Test(arguments: Way.allCases)
  func `a trigger that fires in the same instance goes first, and what comes after it is decided anew`(_ way: Way)
    throws
  {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM public.ptflow_dispatch('one', NEW.id, 'y');
            RETURN NULL;
        END $$;
        CREATE TRIGGER follow AFTER INSERT ON one.events FOR EACH ROW WHEN (NEW.action = 'x') EXECUTE FUNCTION follow();
        """)
      try way.fire("one", "a", on: connection)
      #expect(try Self.actions("one", "a", connection) == ["x", "y"])
      #expect(try connection.state("one", "a") == ["stones": 38, "xs": 1, "ys": 1])
      try Self.demandIntact(connection)
    }
  }

  @Test func `of many events in one instance, each is followed by what its trigger fires`() throws {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM public.ptflow_dispatch('one', NEW.id, 'y', '{"by": "trigger"}');
            RETURN NULL;
        END $$;
        CREATE TRIGGER follow AFTER INSERT ON one.events FOR EACH ROW WHEN (NEW.action = 'x') EXECUTE FUNCTION follow();
        """)
      func event(_ id: String, _ action: String, _ rest: String = "") -> String {
        "{\"net\": \"one\", \"id\": \"\(id)\", \"action\": \"\(action)\"\(rest)}"
      }
      let events = [
        event("a", "x", ", \"key\": \"first\""), event("b", "rest"), event("a", "x", ", \"multiple\": 2"),
        event("c", "x"), event("b", "rest"), event("a", "rest", ", \"key\": \"last\""),
        event("a", "x", ", \"key\": \"first\""),
      ]
      let many = "[\(events.joined(separator: ", "))]"
      let answer = try JSON(try #require(try connection.value("SELECT ptflow_dispatch_many($1)", [many])))
      #expect(answer.elements.map { $0["seq"]?.int } == [1, 1, 3, 1, 2, 5, 1])
      #expect(answer.elements.map { $0["replayed"] } == [false, false, false, false, false, false, true])
      #expect(try Self.actions("one", "a", connection) == ["x", "y", "x", "y", "rest"])
      #expect(try Self.actions("one", "b", connection) == ["rest", "rest"])
      #expect(try Self.actions("one", "c", connection) == ["x", "y"])
      // What was answered is what is stored.
      for answer in answer.elements {
        let stored = try connection.value(
          "SELECT encode(hash, 'hex') FROM one.events WHERE id = $1 AND seq = $2",
          [answer["id"]?.string, answer["seq"]?.int.map { "\($0)" }])
        #expect(stored == answer["hash"]?.string)
      }
      #expect(
        try connection.query("SELECT seq, multiple, key FROM one.details ORDER BY seq").map(\.values) == [
          ["1", "1", "first"], ["3", "2", nil], ["5", "1", "last"],
        ])
      try Self.demandIntact(connection)

      // What the trigger has made impossible is refused, and nothing is stored.
      let greedy = (0..<21).map { _ in event("d", "x") }.joined(separator: ", ")
      let refusal = try connection.refusal("SELECT ptflow_dispatch_many($1)", ["[\(greedy)]"])
      #expect(refusal.code == "PT409" && refusal.detail["seq"] == 40)
      #expect(try connection.value("SELECT count(*) FROM one.events WHERE id = 'd'") == "0")

      // A retry is answered as the first call was.
      let again = try JSON(
        try #require(
          try connection.value(
            "SELECT ptflow_dispatch_many($1)", ["[\(events[0]), \(events[5])]"])))
      #expect(again.elements.map { $0["hash"] } == [answer.elements[0]["hash"], answer.elements[5]["hash"]])
    }
  }

  @Test func `more events than there are attempts, each followed by a trigger, are all stored`() throws {
    let net = try Net("long", [Place("p")], [.t("x", .output("p")), .t("y", .input("p"))])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.execute(
        """
        SET search_path = public;
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM public.ptflow_dispatch('long', NEW.id, 'y');
            RETURN NULL;
        END $$;
        CREATE TRIGGER follow AFTER INSERT ON long.events FOR EACH ROW WHEN (NEW.action = 'x') EXECUTE FUNCTION follow();
        """)
      let events = Array(repeating: "{\"net\": \"long\", \"id\": \"a\", \"action\": \"x\"}", count: 150)
      try connection.query("SELECT ptflow_dispatch_many($1)", ["[\(events.joined(separator: ", "))]"])
      #expect(try connection.value("SELECT seq FROM long.states") == "300")
      #expect(try connection.problems("long") == [])
    }
  }

  @Test(arguments: ["one.events", "one.instances"])
  func `an instance that a trigger moves on as it begins has begun`(_ table: String) throws {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM public.ptflow_dispatch('one', NEW.id, 'y', key => 'k');
            RETURN NULL;
        END $$;
        CREATE TRIGGER follow AFTER INSERT ON \(table) FOR EACH ROW WHEN (NEW.seq = 0) EXECUTE FUNCTION follow();
        """)
      try connection.create("one", "a")
      try connection.dispatch("one", "b", "x")
      try connection.query(
        "SELECT ptflow_dispatch_many($1)", ["[{\"net\": \"one\", \"id\": \"c\", \"action\": \"x\"}]"])
      for (id, actions) in [("a", ["y"]), ("b", ["y", "x"]), ("c", ["y", "x"])] {
        #expect(try Self.actions("one", id, connection) == actions)
      }
      try Self.demandIntact(connection)
    }
  }

  @Test func `triggers that follow one another three deep, in three nets and back, all count`() throws {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_ARGV[1] = 'many' THEN
                PERFORM public.ptflow_dispatch_many(jsonb_build_array(
                    jsonb_build_object('net', TG_ARGV[0], 'id', NEW.id, 'action', 'x'),
                    jsonb_build_object('net', TG_ARGV[0], 'id', NEW.id, 'action', 'rest')));
            ELSE
                PERFORM public.ptflow_dispatch(TG_ARGV[0], NEW.id, 'x');
            END IF;
            RETURN NULL;
        END $$;
        CREATE FUNCTION back() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM public.ptflow_dispatch('one', NEW.id || ' back', 'rest'); RETURN NULL; END $$;
        CREATE TRIGGER a AFTER INSERT ON one.events FOR EACH ROW WHEN (NEW.action = 'x') EXECUTE FUNCTION follow('two', 'many');
        CREATE TRIGGER b AFTER INSERT ON two.events FOR EACH ROW WHEN (NEW.action = 'x') EXECUTE FUNCTION follow('three', 'single');
        CREATE TRIGGER c AFTER INSERT ON three.events FOR EACH ROW WHEN (NEW.action = 'x') EXECUTE FUNCTION back();
        """)
      let events = ["a", "b", "a"].map { "{\"net\": \"one\", \"id\": \"\($0)\", \"action\": \"x\"}" }
      try connection.query("SELECT ptflow_dispatch_many($1)", ["[\(events.joined(separator: ", "))]"])
      try connection.dispatch("one", "a", "x")
      #expect(try Self.actions("one", "a", connection) == ["x", "x", "x"])
      #expect(try Self.actions("two", "a", connection) == ["x", "rest", "x", "rest", "x", "rest"])
      #expect(try Self.actions("three", "a", connection) == ["x", "x", "x"])
      #expect(try Self.actions("one", "a back", connection) == ["rest", "rest", "rest"])
      #expect(try Self.actions("one", "b back", connection) == ["rest"])
      try Self.demandIntact(connection)

      // A refusal anywhere takes all of it back.
      try connection.dispatch("three", "c", "x", multiple: 40)
      let before = try connection.value("SELECT sum(seq) FROM one.events") ?? ""
      let refusal = try connection.refusal(dispatching: "x", "one", "c")
      #expect(refusal.code == "PT409" && refusal.detail["net"] == "three" && refusal.detail["index"] == nil)
      #expect(try connection.value("SELECT sum(seq) FROM one.events") == before)
      try Self.demandIntact(connection)
    }
  }

  @Test func `triggers of a user's own tables dispatch, at once, at the end and for many rows`() throws {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE TABLE orders (id text PRIMARY KEY, action text NOT NULL);
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM public.ptflow_dispatch('one', NEW.id, NEW.action);
            RETURN NEW;
        END $$;
        CREATE FUNCTION follow_all() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM public.ptflow_dispatch_many(
                (SELECT jsonb_agg(jsonb_build_object('net', 'two', 'id', r.id, 'action', r.action)) FROM rows AS r));
            RETURN NULL;
        END $$;
        CREATE TRIGGER before BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION follow();
        CREATE CONSTRAINT TRIGGER later AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            EXECUTE FUNCTION follow();
        CREATE TRIGGER every AFTER INSERT ON orders REFERENCING NEW TABLE AS rows FOR EACH STATEMENT
            EXECUTE FUNCTION follow_all();
        -- An event of the first net writes to the table, whose triggers dispatch.
        CREATE FUNCTION order_it() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO public.orders VALUES (NEW.id, 'rest'); RETURN NULL; END $$;
        CREATE TRIGGER order_it AFTER INSERT ON three.events FOR EACH ROW WHEN (NEW.seq > 0) EXECUTE FUNCTION order_it();
        """)
      try connection.execute("INSERT INTO orders VALUES ('a', 'x'), ('b', 'y')")
      #expect(try Self.actions("one", "a", connection) == ["x", "x"])
      #expect(try Self.actions("one", "b", connection) == ["y", "y"])
      #expect(try Self.actions("two", "b", connection) == ["y"])
      try connection.execute("BEGIN")
      try connection.dispatch("three", "c", "x")
      #expect(try Self.actions("one", "c", connection) == ["rest"])
      try connection.execute("COMMIT")
      #expect(try Self.actions("one", "c", connection) == ["rest", "rest"])
      #expect(try Self.actions("two", "c", connection) == ["rest"])
      #expect(try connection.refusal("INSERT INTO orders VALUES ('d', 'x'), ('e', 'nothing')").code == "PT404")
      #expect(try connection.value("SELECT count(*) FROM one.events WHERE id IN ('d', 'e')") == "0")
      try Self.demandIntact(connection)
    }
  }

  @Test(arguments: Way.allCases)
  func `a trigger that keeps an event out, or takes its place, ends the call, and nothing is stored`(_ way: Way) throws
  {
    for body in ["RETURN NULL;", "PERFORM public.ptflow_dispatch('one', NEW.id, 'rest'); RETURN NEW;"] {
      try Self.with { connection in
        try connection.create("one", "a")
        try connection.execute(
          """
          CREATE FUNCTION keep_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body) END $$;
          CREATE TRIGGER keep_out BEFORE INSERT ON one.events FOR EACH ROW WHEN (NEW.action = 'x')
              EXECUTE FUNCTION keep_out();
          """)
        let error = #expect(throws: PostgresError.self) { try way.fire("one", "a", on: connection) }
        #expect(error?.sqlstate == "40001", "\(String(describing: error))")
        #expect(try connection.value("SELECT count(*) FROM one.events") == "1")
        try Self.demandIntact(connection)
      }
    }
  }

  @Test func `a trigger that takes the place of a later event of many ends the call, and nothing is stored`() throws {
    try Self.with { connection in
      try connection.execute(
        """
        CREATE FUNCTION cut_in() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM public.ptflow_dispatch('one', NEW.id, 'y'); RETURN NEW; END $$;
        CREATE TRIGGER cut_in BEFORE INSERT ON one.events FOR EACH ROW WHEN (NEW.seq = 2 AND NEW.action = 'rest')
            EXECUTE FUNCTION cut_in();
        """)
      let events = ["x", "rest", "x", "x"].map { "{\"net\": \"one\", \"id\": \"a\", \"action\": \"\($0)\"}" }
      let refusal = try connection.refusal(
        "SELECT ptflow_dispatch_many($1)", ["[\(events.joined(separator: ", "))]"])
      #expect(refusal.code == "40001")
      #expect(try connection.value("SELECT count(*) FROM one.events") == "0")
    }
  }
}
