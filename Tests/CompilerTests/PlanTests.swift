import Compiler
import Diagnostics
import NetAnalysis
import PetriNet
import SQL
import Testing

@Suite struct PlanTests {
  private func problems(_ net: Net) -> [String] {
    do {
      _ = try planNet(net, source: Source(file: "net.pnml", format: "pnml", text: ""))
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

  @Test(arguments: [(237, false), (238, true)])
  func `PostgreSQL looks for nothing to compress in long rows`(_ places: Int, _ isLong: Bool) throws {
    let long = try net("long", places: (0..<places).map { Place("p\($0)") })
    let sql = try compile(long, source: Source(file: "long.pnml", format: "pnml", text: "")).text
    #expect(sql.contains("toast_tuple_target = 8160") == isLong)
  }

  @Test func `a net wider than a row is refused with the limit`() throws {
    let expected = """
      net.pnml: error: the net has 900 places; PostgreSQL keeps a row on one page of 8192 bytes, which is room for about \
      850 places without a capacity, or 1594 with small ones
        give places capacities, or divide the net
      """
    #expect(try problems(net("wide", places: (0..<900).map { Place("p\($0)") })) == [expected])
    #expect(try problems(net("wide", places: (0..<900).map { Place("p\($0)", capacity: 1) })) == [])
    #expect(try problems(net("wide", places: (0..<1595).map { Place("p\($0)", capacity: 1) })).count == 1)
    #expect(try problems(net("wide", places: (0..<1594).map { Place("p\($0)", capacity: 1) })).count == 0)
    #expect(try problems(net("wide", places: (0..<852).map { Place("p\($0)") })).count == 0)
    #expect(try problems(net("wide", places: (0..<853).map { Place("p\($0)") })).count == 1)
    // 852 of 8 bytes and two of 2 bytes are what a row has room for.
    for (small, count) in [(2, 0), (3, 1)] {
      let places = (0..<852).map { Place("p\($0)") } + (0..<small).map { Place("s\($0)", capacity: 1) }
      let filled = try Net(
        name: "wide", places: places, transitions: places.map { Transition("fill \($0.name)") },
        arcs: places.indices.map { Arc(.output, place: $0, transition: $0) })
      #expect(problems(filled).count == count)
    }
  }

  @Test func `a capacity takes the narrowest integer that holds it`() throws {
    let bounds = [1, 32767, 32768, 2_147_483_647, 2_147_483_648, Int.max]
    let places = bounds.map { Place("p\($0)", capacity: $0) } + [Place("free")]
    let filled = try Net(
      name: "n", places: places, transitions: places.map { Transition("fill \($0.name)") },
      arcs: places.indices.map { Arc(.output, place: $0, transition: $0) })
    let plan = try planNet(filled, source: Source(file: "", format: "", text: ""))
    #expect(
      plan.places.map(\.domain.base) == [.smallint, .smallint, .integer, .integer, .bigint, .bigint, .bigint])
    #expect(plan.domains.map(\.name) == ["token"] + bounds.map { "token_\($0)" })
  }

  @Test func `a place is as narrow as what was proved of it, and a law is kept`() throws {
    let ring = try Net(
      name: "ring", places: [Place("a", initial: 300), Place("b"), Place("never")],
      transitions: [Transition("there"), Transition("back")],
      arcs: [
        Arc(.input, place: 0, transition: 0), Arc(.output, place: 1, transition: 0),
        Arc(.input, place: 1, transition: 1), Arc(.output, place: 0, transition: 1),
      ])
    let plan = try planNet(ring, source: Source(file: "", format: "", text: ""))
    #expect(plan.places.map(\.domain.bound) == [300, 300, 0])
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
    return try planNet(net, source: Source(file: "", format: "", text: ""))
  }

  @Test func `the law of fewest places is checked, of three at most and only where all are bounded`() throws {
    let pair = [Place("a", initial: 1), Place("b")]
    let ring = [Place("c", initial: 2), Place("d"), Place("e")]
    let both = try plan(ring + pair, [(0, 1, 1), (1, 1, 2), (2, 1, 0), (3, 1, 4), (4, 1, 3)])
    #expect(both.checkedLaw?.law.terms.map(\.index) == [3, 4])
    #expect(try plan(ring, [(0, 1, 1), (1, 1, 2), (2, 1, 0)]).checkedLaw?.law.terms.map(\.index) == [0, 1, 2])
    let four = try plan(ring + [Place("f")], [(0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 1, 0)])
    #expect(four.laws.count == 1 && four.checkedLaw == nil)
    // More than 64 bits: each place may hold as much as there is.
    let large = try plan([Place("a", initial: Int.max / 2 + 1), Place("b")], [(0, 1, 1), (1, 1, 0)])
    #expect(large.laws.count == 1 && large.checkedLaw == nil)
    let fits = try plan([Place("a", initial: Int.max / 2), Place("b")], [(0, 1, 1), (1, 1, 0)])
    #expect(fits.checkedLaw?.casts == [false, false])
  }

  @Test func `a law is taken in a type that holds its sum from left to right, and each product`() throws {
    #expect(try plan([Place("a", initial: 16_383), Place("b")], [(0, 1, 1)]).checkedLaw?.casts == [false, false])
    #expect(try plan([Place("a", initial: 16_384), Place("b")], [(0, 1, 1)]).checkedLaw?.casts == [false, true])
    // The last place is wide enough for all, but comes too late.
    let late = [Place("a", capacity: 30_000), Place("b", capacity: 30_000), Place("c", initial: 60_000)]
    #expect(try plan(late, [(2, 1, 0), (2, 1, 1)]).checkedLaw?.casts == [false, true, false])
    // After a cast the sum is wide enough for what is still to come.
    let ring = [Place("a", initial: 16_384), Place("b"), Place("c")]
    #expect(try plan(ring, [(0, 1, 1), (1, 1, 2)]).checkedLaw?.casts == [false, true, false])
    // The first is, and comes in time, but is no part of the product.
    let coins = [Place("cents", initial: 3_000_000_000), Place("notes")]
    #expect(try plan(coins, [(0, 100_000, 1)]).checkedLaw?.casts == [false, true])
    // A factor of 64 bits makes its product one.
    let bars = [Place("cents", initial: 6_000_000_000), Place("bars")]
    #expect(try plan(bars, [(0, 3_000_000_000, 1)]).checkedLaw?.casts == [false, false])
  }
}
