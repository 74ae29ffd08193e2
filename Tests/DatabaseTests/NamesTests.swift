import Compiler
import Diagnostics
import Installer
import PetriNet
import Postgres
import SQL
import TestNets
import TestServer
import Testing

/// Places, transitions, roles and nets keep their own names, whatever these do to SQL.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct NamesTests {
  @Test func `any name will do for a place and a transition, both at once`() throws {
    let names = hostileNames
    let net = try Net(
      "names", names.map { Place($0, initial: 1, capacity: 3) },
      names.map { .t($0, by: [$0], .input($0), .output($0, 2), .read($0), .inhibitor($0, 3)) })
    try TestDatabase.with(nets: [net]) { database in
      let connection = try database.connect()
      try connection.execute("SET synchronous_commit = off")
      try connection.create("names", "bystander")
      var state = try connection.create("names", "a").state
      #expect(state == Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }))
      #expect(try connection.enabled("names", "a") == names)
      for (number, name) in names.enumerated() {
        state[name] = 2
        let answer = try connection.dispatch("names", "a", name)
        #expect(answer.action == name && answer.seq == number + 1)
        #expect(answer.state == state, "\(name)")
        let refusal = try connection.refusal(dispatching: name, "names", "a", multiple: 2)
        #expect(refusal.code == "PT409", "\(name)")
        #expect(refusal.places.map(\.place) == [.text(name), .text(name)])
        let why = try connection.query("SELECT place FROM ptflow_why_not('names', 'a', $1)", [name])
        #expect(why.isEmpty)
      }
      #expect(try connection.query("SELECT action, role FROM ptflow_events('names', 'a')").map { $0[0] } == names)
      #expect(Set(try connection.state("names", "bystander").values) == [1])
      #expect(try connection.value("SELECT seq FROM names.states WHERE id = 'bystander'") == "0")
      #expect(try connection.problems("names") == [])
    }
  }

  @Test func `every word that this server takes for more than a name is written in quotes`() throws {
    let words = try Connection(TestServer.url).query("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'")
    #expect(words.count > 90)
    for word in words.compactMap({ $0[0] }) {
      let sql: SQL = "\(name: word)"
      #expect(sql.text == "\"\(word)\"")
    }
  }

  @Test func `a role has any name, and is held by it`() throws {
    let names = hostileNames.filter { $0 != "default" }
    let net = try Net("n", [], names.map { .t("by " + $0, by: [$0]) })
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      let member = "\(database.name)_m"
      try owner.execute("CREATE ROLE \(member) LOGIN")
      try owner.query(
        "SELECT ptflow.add_grant('n', 'fire', r, $1) FROM unnest($2::text[]) AS r", [member, array(names)])
      let connection = try database.connect(as: member)
      for name in names { try connection.dispatch("n", "a", "by " + name) }
      #expect(try owner.query("SELECT role FROM ptflow_events('n', 'a')").map { $0[0] } == names)
    }
  }

  @Test func `a net has any name that a schema can have`() throws {
    let names = hostileNames.filter { !["public", "ptflow"].contains($0) }
    let nets = try names.map { try Net($0, [Place("p", initial: 1)], [.t("t", .input("p"))]) }
    try TestDatabase.with(nets: nets) { database in
      let connection = try database.connect()
      try connection.execute("SET synchronous_commit = off")
      for name in names {
        #expect(try connection.dispatch(name, "a", "t").net == name)
        #expect(try connection.state(name, "a") == ["p": 0])
        #expect(try connection.refusal(dispatching: "t", name, "a").detail["net"] == .text(name))
        #expect(try connection.problems(name) == [])
      }
      #expect(try Set(Catalogue(of: connection).nets(connection).map(\.net)) == Set(names))
      for name in names { try connection.query("SELECT ptflow.uninstall($1, true)", [name]) }
      #expect(
        try connection.value("SELECT count(*) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'") == "3")
    }
  }

  @Test(arguments: ["public", "ptflow", "information_schema", "pg_x", "pg_catalog", "pg_", "pg_\u{301}"])
  func `a net that is called like a schema of others is refused`(_ name: String) throws {
    let net = try Net(name, [], [])
    let error = try #require(throws: Diagnostics.self) { try plan(net) }
    #expect(error.errors.count == 1)
    #expect(error.errors.first?.message.hint == "use --as NAME")
  }

  @Test func `the columns of hostile places are told in the table of places`() throws {
    let net = try Net("n", ["id", "seq", "ok", "Größe", "ctid"].map { Place($0) }, [])
    try TestDatabase.with(nets: [net]) { database in
      let rows = try database.connect().query("SELECT place, column_name FROM n.places ORDER BY number")
      #expect(
        rows.map(\.values) == [
          ["id", "id_2"], ["seq", "seq_2"], ["ok", "ok"], ["Größe", "Größe"], ["ctid", "ctid_2"],
        ])
    }
  }

  @Test(arguments: [
    "standard_conforming_strings = off", "search_path = ''", "extra_float_digits = -15", "DateStyle = German",
    "TimeZone = 'Asia/Kolkata'", "IntervalStyle = iso_8601", "client_encoding = LATIN1", "bytea_output = escape",
  ])
  func `a client's settings change nothing of what is stored`(_ setting: String) throws {
    let net = try Net("n", [Place("a\\b\n'c", initial: 1)], [.t("x\\y\n'z", .input("a\\b\n'c"))])
    try TestDatabase.with(nets: [net]) { database in
      let owner = try database.connect()
      let connection = try database.connect()
      try connection.execute("SET \(setting)")
      let call = try connection.query(
        "SELECT public.ptflow_dispatch($1, $2, $3, key => 'k') ->> 'hash'", ["n", "a", "x\\y\n'z"])
      #expect(call[0][0] == (try owner.value("SELECT encode(head, 'hex') FROM n.states")))
      #expect(try connection.query("SELECT FROM public.ptflow_verify('n')").isEmpty)
      #expect(try owner.problems("n") == [])
    }
  }

  private func array(_ texts: [String]) -> String {
    "{"
      + texts.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }.joined(
        separator: ",") + "}"
  }
}
