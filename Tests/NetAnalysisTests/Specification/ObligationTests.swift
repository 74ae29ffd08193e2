import Diagnostics
import NetAnalysis
import PetriNet
import TestNets
import Testing

/// Laws and requirements of a net's file.
@Suite struct ObligationTests {
  private let places = [Place("a", initial: 2), Place("b"), Place("c d")]
  private let transitions: [TransitionDraft] = [
    .t("t", .input("a"), .output("b")), .t("u", .input("b"), .output("c d")), .t("v", .input("c d"), .output("a")),
  ]

  private func net(laws: [String] = [], require: [String] = []) throws -> Net {
    let net = try Net("net", places, transitions)
    let file = SourceLocation(file: "net", line: 7, column: 11)
    func statements(_ texts: [String]) -> [Statement] {
      texts.map { Statement($0, location: file, isVerbatim: true) }
    }
    return try Net(
      name: "net", places: net.places, transitions: net.transitions, arcs: net.arcs,
      specification: Specification(laws: statements(laws), requirements: statements(require)))
  }

  private func findings(_ net: Net, limits: Limits = Limits()) throws -> [Finding] {
    try net.obligations().map { obligation in
      let finding = decide(
        obligation, of: net, behaviour: { examine(net, bounds: net.places.map { _ in nil }, limits: limits) },
        bounds: net.places.map { _ in nil }, limits: limits)
      if !finding.witness.isEmpty { _ = try play(finding.witness, in: net) }
      return finding
    }
  }

  @Test(arguments: [
    ("a + b + 'c d' = 2", true), ("a + b <= 2", true), ("3 > a", true), ("2 * a - b >= -2", true), ("a <> 3", true),
    ("a + b = 2", false), ("a < 2", false), ("b >= a", false), ("a <= 1 + b", false), ("'c d' <> 1", false),
  ])
  func `a law is proved, or refuted by firings that break it`(_ law: String, _ holds: Bool) throws {
    let net = try net(laws: [law])
    let finding = try findings(net)[0]
    #expect(finding.verdict == (holds ? .proved : .refuted))
    guard !holds else { return }
    let marking = try play(finding.witness, in: net)
    #expect(try !Query(law, of: net).holds(marking, of: net))
  }

  @Test func `a law is kept as the database compares it`() throws {
    func law(_ text: String) throws -> Law { try Law(Statement(text), of: try net()) }
    let turned = try law("5 > 2 * a + b + 1")
    #expect(turned.terms == [Weighted(0, 2), Weighted(1, 1)])
    #expect(turned.relation == .less && turned.number == 4)
    let mixed = try law("a - b >= -3")
    #expect(mixed.terms == [Weighted(0, 1), Weighted(1, -1)])
    #expect(mixed.relation == .atLeast && mixed.number == -3)
    #expect(try law("a <= 9223372036854775807").number == Int.max)
    #expect(try law("9223372036854775807 >= a + b").number == Int.max)
    let sum = try #require(Invariant([Weighted(0, 1), Weighted(1, 1), Weighted(2, 1)], of: try net()))
    #expect(try law("2 * a + 2 * b = 4 - 2 * 'c d'").says(sum))
    for text in ["a + b + 'c d' = 3", "a + b + 'c d' <= 2", "2 * a + b + 'c d' = 2", "a + b = 2"] {
      #expect(try !law(text).says(sum), "\(text)")
    }
  }

  @Test(
    arguments: [
      ("bounded", true), ("safe", false), ("deadlock-free", true), ("Quasi_Live", true), ("sound", nil),
      ("AG (a + b <= 2)", true), ("EF b = 2", true), ("AF b >= 1", true), ("AG EF a = 2", true),
      ("AG (b <= 1)", false), ("EF a = 3", false), ("AF 'c d' = 2", false), ("not EF ('c d' = 2)", false),
    ] as [(String, Bool?)])
  func `a requirement is a claim or a property of runs`(_ text: String, _ holds: Bool?) throws {
    let finding = try findings(try net(require: [text]))[0]
    #expect(finding.verdict == (holds.map { $0 ? .proved : .refuted } ?? .undecided))
    if text.hasPrefix("AG") || text.hasPrefix("AF") || text.hasPrefix("not"), holds == false {
      #expect(!finding.witness.isEmpty)
    }
  }

  @Test func `what cannot be understood is told at its character, all of it at once`() throws {
    let wrong = try net(
      laws: ["a + x = 2", "a", "a = 1 and b = 1", "1 = 1", "AG (a = 1)", "a * b = 1", "a - a = 0"],
      require: ["bouned", "a <= 2", "EF (aa = 1)", "", "x"])
    do throws(Diagnostics) {
      _ = try wrong.obligations()
      Issue.record("understood")
    } catch {
      #expect(
        error.all.map { "\($0.location.column): \($0.message)" }.sorted() == [
          "11: \"bouned\" is no claim", "11: a law compares a sum of tokens with another, and this says something else",
          "11: a law compares a sum of tokens with another, and this says something else",
          "11: the query ends too early", "11: there is no place called \"x\"",
          "11: this does not say when it has to hold",
          "11: this is a number", "11: this law names no place", "11: this law names no place",
          "13: places are multiplied with each other", "15: there is no place called \"aa\"",
          "15: there is no place called \"x\"",
        ])
    }
  }

  @Test func `what the limits do not decide is undecided`() throws {
    let wide = (0..<12).map { Place("p\($0)", initial: 1) } + [Place("q")]
    let moves = (0..<12).flatMap { index -> [TransitionDraft] in
      [.t("go\(index)", .input("p\(index)"), .output("q")), .t("back\(index)", .input("q"), .output("p\(index)"))]
    }
    let net = try Net("wide", wide, moves)
    let stated = try Net(
      name: "wide", places: net.places, transitions: net.transitions, arcs: net.arcs,
      specification: Specification(requirements: [Statement("AG (AF q >= 12)")]))
    #expect(try findings(stated, limits: Limits(markings: 50)).map(\.verdict) == [.undecided])
  }
}
