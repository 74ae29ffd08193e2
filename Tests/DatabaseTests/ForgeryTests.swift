import PetriNet
import Postgres
import TestNets
import TestServer
import Testing

/// What an owner writes into the log with all walls down and all hashes computed anew: the chain is whole, so only the rules
/// of a dispatch tell.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct ForgeryTests {
  /// A forgery, and what `ptflow_verify` says of it.
  struct Forgery: Sendable, CustomTestStringConvertible {
    let sql: String
    let problems: [String]

    var testDescription: String { sql }

    init(_ sql: String, _ problems: [String]) { (self.sql, self.problems) = (sql, problems) }
  }

  static let forgeries: [Forgery] = [
    // No call fires less than once.
    Forgery(
      "UPDATE n.events SET marking = '{4,2}' WHERE id = 'a' AND seq = 3; INSERT INTO n.details VALUES (3, 0, 'a', NULL)",
      ["a 3 multiple"]),
    Forgery(
      "UPDATE n.events SET marking = '{5,1}' WHERE id = 'a' AND seq = 3; INSERT INTO n.details VALUES (3, -1, 'a', NULL)",
      ["a 3 multiple"]),
    // A role that does not exist, or may not fire the action, or may not make an instance.
    Forgery("UPDATE n.events SET role = 'nobody' WHERE id = 'a' AND seq = 2", ["a 2 role"]),
    Forgery("UPDATE n.events SET role = 'cook' WHERE id = 'a' AND seq = 2", ["a 2 role"]),
    Forgery("UPDATE n.events SET role = '' WHERE id = 'a' AND seq = 2", ["a 2 role"]),
    Forgery("UPDATE n.events SET role = 'waiter' WHERE id = 'a' AND seq = 0", ["a 0 role"]),
    Forgery("UPDATE n.events SET role = 'host' WHERE id = 'a' AND seq = 0", []),
    // Nobody.
    Forgery("UPDATE n.events SET actor = '' WHERE id = 'a' AND seq = 1", ["a 1 actor"]),
    // Before the event before it.
    Forgery("UPDATE n.events SET at = at - interval '1 hour' WHERE id = 'a' AND seq = 3", ["a 3 at"]),
    Forgery("UPDATE n.events SET at = '-infinity' WHERE id = 'a' AND seq = 3", ["a 3 at"]),
    Forgery("UPDATE n.events SET at = 'infinity' WHERE id = 'a' AND seq = 2", ["a 3 at"]),
    // A transaction that has not begun, told once.
    Forgery("UPDATE n.events SET txid = '9223372036854775807' WHERE id = 'a' AND seq > 1", ["a 2 txid"]),
    Forgery(
      "UPDATE n.events SET txid = ptflow.numbered(txid_current()) + 1000 WHERE id = 'a' AND seq IN (1, 3)",
      ["a 1 txid", "a 2 txid", "a 3 txid"]),
    Forgery("UPDATE n.events SET txid = ptflow.numbered(txid_current()) WHERE id = 'a' AND seq = 3", []),
    Forgery("UPDATE n.events SET txid = '0'", []),
    // A feed would give it before the event before it.
    Forgery("UPDATE n.events SET txid = '3' WHERE id = 'a' AND seq = 2", ["a 2 txid"]),
    // A version that there is not, or another than the instance's.
    Forgery(
      "UPDATE n.events SET version = 7 WHERE id = 'a' AND seq = 3",
      ["a 3 action", "a 3 marking", "a 3 version"]),
    // Keys, ids and payloads that no call takes.
    Forgery("INSERT INTO n.details VALUES (3, 1, 'a', '')", ["a 3 key"]),
    Forgery("INSERT INTO n.details VALUES (3, 1, 'a', repeat('k', 256))", ["a 3 key"]),
    Forgery("INSERT INTO n.details VALUES (3, 1, 'a', repeat('k', 255))", []),
    Forgery(
      "UPDATE n.events SET id = repeat('i', 256) WHERE id = 'b'; UPDATE n.instances SET id = repeat('i', 256) WHERE id = 'b'",
      ["\(String(repeating: "i", count: 256)) 0 instance"]),
    Forgery(
      "UPDATE n.events SET payload = (repeat('[', 600) || repeat(']', 600))::jsonb WHERE id = 'b' AND seq = 1",
      ["b 1 hash", "b 1 payload"]),
    Forgery(
      "UPDATE n.events SET payload = (SELECT jsonb_agg('1e131071'::jsonb) FROM generate_series(1, 200)) WHERE id = 'b' AND seq = 1",
      ["b 1 hash", "b 1 payload"]),
    // What is not hashed, and follows from what is.
    Forgery("UPDATE n.instances SET seq = 1 WHERE id = 'a'", ["a 0 instance"]),
    Forgery("INSERT INTO n.details VALUES (3, 1, 'a', NULL)", ["a 3 details"]),
    Forgery(
      "UPDATE n.events SET marking = '[0:1]={6,0}' WHERE id = 'a' AND seq = 0",
      ["a 0 marking", "a 1 marking", "a 1 not enabled"]),
    Forgery("UPDATE n.events SET marking = '[0:1]={4,2}' WHERE id = 'a' AND seq = 2", ["a 2 marking", "a 3 marking"]),
    Forgery("UPDATE n.events SET marking = '{{4,2}}' WHERE id = 'b' AND seq = 2", ["b 2 marking"]),
    Forgery("UPDATE n.events SET marking = '{5,1}' WHERE id = 'a' AND seq = 3", ["a 3 marking"]),
    // A firing that was not enabled.
    Forgery(
      "UPDATE n.events SET action = 'put', role = 'cook', marking = '{7,-1}' WHERE id = 'a' AND seq = 1",
      ["a 1 not enabled", "a 2 marking"]),
    // A net that says something else than it was installed with, while the stored digest is another's.
    Forgery("UPDATE ptflow.net_versions SET canonical_form = canonical_form || ' '", ["a 0 hash", "b 0 hash"]),
    // What no check can find: a lawful event by somebody who never was, at a time that might have been.
    Forgery("UPDATE n.events SET actor = 'who never was', payload = '{\"sum\": 1}' WHERE id = 'a' AND seq = 3", []),
    Forgery("UPDATE n.events SET at = '2001-02-03' WHERE id = 'b'; UPDATE n.events SET txid = '3' WHERE id = 'b'", []),
    Forgery("DELETE FROM n.events WHERE id = 'a' AND seq = 3", []),
  ]

  @Test func `a chain that is whole says what no call could have done`() throws {
    let net = try Net(
      name: "n", places: [Place("here", initial: 6), Place("there", capacity: 9)],
      transitions: [Transition("take", roles: ["waiter"]), Transition("put", roles: ["cook"])],
      arcs: [
        Arc(.input, place: 0, transition: 0), Arc(.output, place: 1, transition: 0),
        Arc(.input, place: 1, transition: 1), Arc(.output, place: 0, transition: 1),
      ],
      roles: [Role("host", mayCreate: true)])
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      for _ in 0..<3 { try connection.dispatch("n", "a", "take") }
      for _ in 0..<2 { try connection.dispatch("n", "b", "take") }
      try connection.takeDownAllWalls()
      try connection.execute(
        """
        ALTER TABLE n.details DROP CONSTRAINT details_multiple;
        ALTER TABLE ptflow.net_versions DROP CONSTRAINT net_versions_digest;
        \(Self.rehash)
        """)
      for forgery in Self.forgeries {
        try connection.execute("BEGIN; \(forgery.sql); SELECT pg_temp.rehash()")
        let problems = try connection.problems("n")
        #expect(problems == forgery.problems.sorted(), "\(forgery.sql)")
        try connection.execute("ROLLBACK")
      }
      #expect(try connection.problems("n") == [])
    }
  }

  /// Computes all hashes anew, as docs/hash-chain.md says. The digest is the one that is stored.
  private static let rehash = """
    CREATE FUNCTION pg_temp.rehash() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        line   record;
        before bytea;
    BEGIN
        FOR line IN SELECT e.*, coalesce(d.multiple, 1) AS multiple, d.key, v.digest
                   FROM n.events AS e
                   LEFT JOIN n.details AS d ON d.id = e.id AND d.seq = e.seq
                   JOIN ptflow.net_versions AS v ON v.version = 1
                  ORDER BY e.id, e.seq
        LOOP
            IF line.seq = 0 THEN
                before := sha256(convert_to('ptflow 1,1:n,64:' || encode(line.digest, 'hex') || ',' || length(line.id) || ':' || line.id || ',', 'UTF8'));
            END IF;
            before := sha256(
                before || timestamptz_send(line.at) || sha256(convert_to(line.payload::text, 'UTF8'))
                || convert_to(line.multiple || ',' || coalesce('64:' || encode(sha256(convert_to(line.key, 'UTF8')), 'hex'), ':') || ','
                              || length(line.action) || ':' || line.action || ',' || length(line.role) || ':' || line.role || ',' || line.actor,
                              'UTF8'));
            UPDATE n.events SET hash = before WHERE id = line.id AND seq = line.seq;
        END LOOP;
    END $$;
    """
}
