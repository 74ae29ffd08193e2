import Diagnostics
import Oracle
import PetriNet
import TestNets
import Testing

@testable import NetAnalysis

@Suite struct VerifyTests {
  private func verify(_ text: String, _ net: Net, markings: Int = .max) throws -> Verification {
    NetAnalysis.verify(
      try Property(text, of: net), of: net, bounds: net.places.map { _ in nil }, limits: Limits(markings: markings))
  }

  /// A request that is served or lost, again and again; a walk to an end that may be put off for ever.
  private func requests() throws -> Net {
    try Net(
      "requests", [Place("idle", initial: 1), Place("asked"), Place("served"), Place("off")],
      [
        .t("ask", .input("idle"), .output("asked")), .t("serve", .input("asked"), .output("served")),
        .t("think", .read("asked")), .t("again", .input("served"), .output("idle")),
        .t("stop", .input("idle"), .output("off")),
      ])
  }

  @Test(arguments: [
    ("AG idle + asked + served + off = 1", true), ("EF off = 1", true), ("AF off = 1", false), ("EG off = 0", true),
    ("AG (asked = 1 -> AF served = 1)", false), ("AG (served = 1 -> AF idle = 1)", true),
    ("AG (asked = 1 -> EF served = 1)", true), ("A[off = 0 U served = 1]", false), ("E[idle = 1 U asked = 1]", true),
    ("E[served = 0 U off = 1]", true), ("EX asked = 1", true), ("AX asked = 1", false),
    ("AX (asked = 1 or off = 1)", true),
    ("AG (off = 1 -> AX deadlock)", true), ("AG (off = 1 -> deadlock)", true), ("AF (asked = 1 or off = 1)", true),
    ("EG (asked = 0 -> idle = 1)", true), ("not EF (idle = 2)", true), ("AG EF deadlock", true), ("idle = 1", true),
    ("EF off = 1 and AG asked <= 1", true), ("AG AF idle = 1", false),
  ])
  func `a property is decided`(_ text: String, _ expected: Bool) throws {
    let net = try requests()
    #expect(try verify(text, net).holds == expected)
  }

  @Test func `a run is shown, with what goes round`() throws {
    let net = try requests()
    let inevitable = try verify("AF off = 1", net)
    let loop = try #require(inevitable.loop)
    let start = try play(inevitable.witness[..<loop.lowerBound], in: net)
    #expect(try play(inevitable.witness[loop], in: net, from: start) == start)
    let response = try verify("AG (asked = 1 -> AF served = 1)", net)
    #expect(response.witness == [0, 2] && response.loop == 1..<2)
    let until = try verify("A[off = 0 U served = 1]", net)
    #expect(until.witness == [4])
  }

  @Test func `a run that never comes there is found among markings without end`() throws {
    let net = try Net(
      "net", [Place("a", initial: 1), Place("b"), Place("n")],
      [
        .t("there", .input("a"), .output("b")), .t("back", .input("b"), .output("a")),
        .t("more", .read("b"), .output("n")),
      ])
    let found = try verify("AF n >= 3", net, markings: 1000)
    #expect(found.holds == false && found.loop != nil)
    #expect(try verify("AF b = 1", net, markings: 1000).holds == true)
    #expect(try verify("AG (b = 1 -> AF n >= 2)", net, markings: 1000).holds == nil)
  }

  @Test func `a run that comes back step by step is followed in a few rounds`() throws {
    // A counter up and down: from its top, what held below is reached by firings that lead to smaller numbers.
    let net = try Net(
      "counter", [Place("n"), Place("room", initial: 20_000)],
      [.t("up", .input("room"), .output("n")), .t("down", .input("n"), .output("room"))])
    #expect(try verify("AG EF n = 0", net).holds == true)
    #expect(try verify("EX EX E[n > 0 U n = 0]", net).holds == true)
    #expect(try verify("EX EX E[n > 0 U n = 0]", net).witness == [0, 0, 1, 1])
  }

  @Test(arguments: 0..<30)
  func `properties of random nets are what the naive markings say`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(51_000 + seed))
    for _ in 0..<8 {
      let net = try Net.random("random", using: &generator)
      let naive = NaiveSpace(of: net, limit: 80)
      guard naive.isComplete else { continue }
      for _ in 0..<8 {
        let text = net.randomProperty(depth: 3, using: &generator)
        let property = try Property(text, of: net)
        let found = NetAnalysis.verify(property, of: net, bounds: net.places.map { _ in nil })
        #expect(found.holds == naive.labels(property)[0], "\(text)")
        let end = try play(found.witness, in: net)
        if let loop = found.loop {
          #expect(try play(found.witness[..<loop.lowerBound], in: net) == end)
        }
        // One operator over what a marking is: the run shows it.
        if case .existsGlobally(.now(let query)) = property, found.holds == true {
          var marking = net.initialMarking
          #expect(query.holds(marking, of: net))
          for transition in found.witness {
            marking = try net.fire(transition, in: marking)
            #expect(query.holds(marking, of: net))
          }
          #expect(found.loop != nil || net.transitions.indices.allSatisfy { !net.enables($0, in: marking) })
        }
      }
    }
  }

  @Test func `what is wrong is told, and another tool's words are answered with ours`() throws {
    let net = try requests()
    func error(_ text: String) -> QueryError? {
      do throws(QueryError) {
        _ = try Property(text, of: net)
        return nil
      } catch { return error }
    }
    #expect(error("AG (m(idle) > 0)")?.message.hint == "the tokens of a place are its name alone: place >= 1")
    #expect(error("A[idle = 1 asked = 1]")?.column == 12)
    #expect(error("AG (idle = 1")?.message.description == "here should be )")
    #expect(throws: QueryError.self) { try Query("AF idle = 1", of: net) }
    let named = try Net("net", [Place("AG", initial: 1), Place("A")], [])
    #expect(try Query("AG + A >= 1", of: named).holds(named.initialMarking, of: named))
    #expect(throws: QueryError.self) { try Property(String(repeating: "AG (", count: 100_000), of: net) }
  }

  @Test func `a file of questions is read line by line, and the contest's XML`() throws {
    let net = try requests()
    let lines = namedProperties(
      """
      # about requests
      safe: AG idle <= 1
      EF deadlock

      wrong: AG nobody > 1
      """, of: net)
    #expect(lines.map(\.name) == ["safe", "2", "wrong"])
    #expect(lines.map { (try? $0.property.get()) != nil } == [true, true, false])
    let xml = namedProperties(
      """
      <?xml version="1.0"?>
      <property-set xmlns="http://mcc.lip6.fr/">
        <property><id>P-00</id><description>d</description>
          <formula><all-paths><globally><integer-le>
            <tokens-count><place>idle</place><place>asked</place></tokens-count><integer-constant>1</integer-constant>
          </integer-le></globally></all-paths></formula></property>
        <property><id>P-01</id>
          <formula><exists-path><finally><conjunction><is-fireable><transition>ask</transition></is-fireable>
            <negation><integer-lt><integer-constant>0</integer-constant>
              <tokens-count><place>idle</place></tokens-count></integer-lt></negation></conjunction></finally></exists-path>
          </formula></property>
        <property><id>P-02</id>
          <formula><all-paths><until><before><is-fireable><transition>stop</transition></is-fireable></before>
            <reach><deadlock/></reach></until></all-paths></formula></property>
        <property><id>P-03</id><formula><place-bound><place>idle</place></place-bound></formula></property>
      </property-set>
      """, of: net)
    #expect(xml.map(\.name) == ["P-00", "P-01", "P-02", "P-03"])
    let expected = ["AG idle + asked <= 1", "EF (enabled(ask) and not 0 < idle)", "A[enabled(stop) U deadlock]"]
    for (found, text) in zip(xml, expected) { #expect(try found.property.get() == Property(text, of: net), "\(text)") }
    #expect(throws: QueryError.self) { try xml[3].property.get() }
    for text in ["<", "<a", "</a>", "<property>", "<property><formula/></property>", "<property></formula>"] {
      #expect(namedProperties(text, of: net).allSatisfy { (try? $0.property.get()) == nil })
    }
  }
}
