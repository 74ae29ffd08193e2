import Compiler
import Diagnostics
import NetAnalysis
import Output
import PetriNet
import SQL
import Testing

@testable import Plan

@Suite struct PlanTests {
  private func problems(_ net: Net) -> [String] {
    do {
      _ = try compile(net, source: Source(file: "net.pnml", format: "pnml", text: ""))
      return []
    } catch {
      return [error.rendered(in: nil)]
    }
  }

  /// A net that can put tokens into each of its places, without end.
  private func net(_ name: String, places: [Place] = []) throws -> Net {
    try Net(
      name: name, places: places, transitions: [Transition("fill")],
      arcs: places.indices.map { Arc(.output, place: $0, transition: 0) })
  }

  @Test(arguments: ["ptflow", "public", "information_schema", "pg_catalog", "pg_temp", "pg_"])
  func `a schema that is somebody else's is not a net's`(name: String) throws {
    let expected = """
      net.pnml: error: a net cannot be called "\(name)": the schema of that name is not ours to make
        use --as NAME
      """
    #expect(try problems(net(name)) == [expected])
  }

  @Test(arguments: ["Ptflow", "PUBLIC", "Pg_catalog", "pgx", "net", " ", "select"])
  func `a schema that is only written alike is a net's`(name: String) throws {
    #expect(try problems(net(name)) == [])
  }

  @Test(arguments: [(124, false), (125, true), (875, true), (876, false)])
  func `PostgreSQL looks for nothing to compress in markings that fit a page`(_ places: Int, _ isLong: Bool) throws {
    let long = try net("long", places: (0..<places).map { Place("p\($0)") })
    let sql = try compile(long, source: Source(file: "long.pnml", format: "pnml", text: "")).sql().text
    #expect(sql.contains("toast_tuple_target = 8160") == isLong)
  }

  @Test(arguments: [(1648, true), (1649, false), (10_000, false)])
  func `a net wider than a view has its markings there as vectors`(_ places: Int, _ hasColumns: Bool) throws {
    let wide = try net("wide", places: (0..<places).map { Place("p\($0)") })
    #expect(try compile(wide, source: Source(file: "", format: "", text: "")).hasColumnForEachPlace == hasColumns)
  }

  @Test func `markings count in 32 bits where all that a firing computes is proved to fit`() throws {
    func element(_ capacity: Int?, puts weight: Int = 1) throws -> IntegerType {
      let net = try Net(
        name: "n", places: [Place("p", capacity: capacity)], transitions: [Transition("t")],
        arcs: [Arc(.output, place: 0, transition: 0, weight: weight)])
      return try compile(net, source: Source(file: "", format: "", text: "")).marking.element
    }
    #expect(try element(1) == .integer)
    #expect(try element(2_147_483_646) == .integer)
    // One more token is added before it is known that it does not fit.
    #expect(try element(2_147_483_647) == .bigint)
    #expect(try element(9, puts: 2_147_483_638) == .integer)
    #expect(try element(9, puts: 2_147_483_639) == .bigint)
    #expect(try element(9, puts: .max) == .bigint)
    #expect(try element(nil) == .bigint)
  }

  @Test func `a place is as narrow as what was proved of it, and a law is kept`() throws {
    let ring = try Net(
      name: "ring", places: [Place("a", initial: 300), Place("b"), Place("never")],
      transitions: [Transition("there"), Transition("back")],
      arcs: [
        Arc(.input, place: 0, transition: 0), Arc(.output, place: 1, transition: 0),
        Arc(.input, place: 1, transition: 1), Arc(.output, place: 0, transition: 1),
      ])
    let plan = try compile(ring, source: Source(file: "", format: "", text: ""))
    #expect(plan.places.map(\.bound?.most) == [300, 300, 0])
    #expect(plan.marking.most == 300)
    #expect(plan.marking.bounds == [SharedBound(most: 0, places: [2])])
    #expect(plan.laws.contains { $0.terms.map(\.index) == [0, 1] && $0.value == 300 })
  }

  /// Places between which one token moves at a time, or several that become one.
  private func plan(_ places: [Place], _ transitions: [(from: Int, taken: Int, to: Int)]) throws -> NetPlan {
    let net = try Net(
      name: "n", places: places, transitions: transitions.indices.map { Transition("t\($0)") },
      arcs: transitions.enumerated().flatMap { number, moved in
        [
          Arc(.input, place: moved.from, transition: number, weight: moved.taken),
          Arc(.output, place: moved.to, transition: number),
        ]
      })
    return try compile(net, source: Source(file: "", format: "", text: ""))
  }

  @Test func `laws are held where all their places are bounded, those of fewest places first`() throws {
    let pair = [Place("a", initial: 1), Place("b")]
    let ring = [Place("c", initial: 2), Place("d"), Place("e")]
    let both = try plan(ring + pair, [(0, 1, 1), (1, 1, 2), (2, 1, 0), (3, 1, 4), (4, 1, 3)])
    #expect(both.marking.laws.map { $0.terms.map(\.index) } == [[3, 4], [0, 1, 2]])
    // Together they have no more than six places.
    let rings = (0..<3).flatMap { ring in (0..<3).map { Place("p\(ring) \($0)", initial: $0 == 0 ? 1 : 0) } }
    let many = try plan(rings, rings.indices.map { ($0, 1, $0 - $0 % 3 + ($0 + 1) % 3) })
    #expect(many.laws.count == 3 && many.marking.laws.count == 2)
    // More than 64 bits: each place may hold as much as there is.
    let large = try plan([Place("a", initial: Int.max / 2 + 1), Place("b")], [(0, 1, 1), (1, 1, 0)])
    #expect(large.laws.count == 1 && large.marking.laws.isEmpty)
    let fits = try plan([Place("a", initial: Int.max / 2), Place("b")], [(0, 1, 1), (1, 1, 0)])
    #expect(fits.marking.laws.map(\.width) == [.element])
  }

  @Test func `every capacity is held, and of other bounds as many as the laws leave room for`() throws {
    let places = (0..<8).map { Place("c\($0)", capacity: $0 + 1) } + [Place("top", capacity: 99)]
    let filled = try Net(
      name: "n", places: places, transitions: places.map { Transition("fill \($0.name)") },
      arcs: places.indices.map { Arc(.output, place: $0, transition: $0) })
    let plan = try compile(filled, source: Source(file: "", format: "", text: ""))
    #expect(plan.marking.most == 99)
    #expect(plan.marking.bounds == (0..<8).map { SharedBound(most: $0 + 1, places: [$0]) })

    // Eight places that stay empty, and one that holds a token: no law, since they are all fed by what never fires.
    let empty = (0..<8).map { Place("e\($0)") }
    let never = try Net(
      name: "n", places: [Place("one", initial: 1)] + empty, transitions: empty.map { Transition("from \($0.name)") },
      arcs: empty.indices.flatMap {
        [Arc(.input, place: $0 + 1, transition: $0), Arc(.output, place: $0 + 1, transition: $0, weight: 2)]
      })
    let still = try compile(never, source: Source(file: "", format: "", text: ""))
    #expect(still.marking.bounds.flatMap(\.places).count <= 6)
  }

  @Test func `a law is taken in 64 bits where its sum could need them`() throws {
    // Each place may hold what there is, so the sum of two could be twice that.
    let half = Int(Int32.max) / 2
    #expect(try plan([Place("a", initial: half), Place("b")], [(0, 1, 1)]).marking.laws.map(\.width) == [.element])
    #expect(try plan([Place("a", initial: half + 1), Place("b")], [(0, 1, 1)]).marking.laws.map(\.width) == [.bigint])
  }
}
