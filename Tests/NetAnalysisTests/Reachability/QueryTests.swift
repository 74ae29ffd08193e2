import Diagnostics
import NetAnalysis
import PetriNet
import TestNets
import Testing

@Suite struct QueryTests {
  private func net() throws -> Net {
    try Net(
      "net", [Place("a", initial: 2), Place("b_2"), Place("my place", initial: 1), Place("it's")],
      [.t("pay", .input("a"), .output("b_2")), .t("send letter", .input("b_2", 2), .output("it's"))])
  }

  private func holds(_ query: String, _ counts: [Int]) throws -> Bool {
    let net = try net()
    return try Query(query, of: net).holds(Marking(counts), of: net)
  }

  @Test(arguments: [
    ("a >= 2", true), ("a > 2", false), ("a = 2 and b_2 == 0", true), ("a <> 2 or b_2 != 0", false),
    ("not a < 2", true), ("NOT (a < 2 OR b_2 > 0)", true), ("!(a < 2 || b_2 > 0) && a = 2", true),
    ("a + 2 * b_2 - 'my place' = 1", true), ("2*a = 4", true), ("a * 2 = 4", true), ("-a + 3 >= 1", true),
    ("(a + b_2) * 3 = 6", true), ("'it''s' = 0", true), ("\"it's\" = 0", true), ("deadlock", false),
    ("enabled(pay) and not enabled('send letter')", true), ("a <= 2 and a >= 2 or deadlock", true),
    ("not not a = 2", true), ("3 < a", false), ("a - a = 0", true), ("1 = 1", true),
  ])
  func `a query means the markings it says`(_ query: String, _ expected: Bool) throws {
    #expect(try holds(query, [2, 0, 1, 0]) == expected)
  }

  @Test func `words bind as in every language: not before and before or`() throws {
    #expect(try holds("a = 9 and b_2 = 9 or a = 2", [2, 0, 1, 0]))
    #expect(try !holds("a = 9 and (b_2 = 9 or a = 2)", [2, 0, 1, 0]))
    #expect(try holds("not a = 9 and a = 2", [2, 0, 1, 0]))
  }

  @Test(arguments: [
    ("", 1, "the query ends too early"), ("a >=", 5, "the query ends too early"), ("a", 1, "this is a number"),
    ("a >= 1 and", 11, "the query ends too early"), ("a >= 1 and b_2", 12, "this is a number"),
    ("(a >= 1", 8, "here should be )"), ("a >= 1)", 7, ") is not expected here"),

    ("a = 1 = 1", 7, "= is not expected here"),
    ("c >= 1", 1, "there is no place called \"c\""), ("a * b_2 > 1", 3, "places are multiplied with each other"),
    ("a ~ 1", 3, "~ has no meaning here"), ("'a >= 1", 1, "this name does not end: ' is missing"),
    ("99999999999999999999 > a", 1, "99999999999999999999 is no number of 64 bits"),

    ("2x > 1", 1, "2x is no number of 64 bits"),
    ("enabled(nobody)", 9, "there is no transition called \"nobody\""), ("enabled pay", 9, "here should be ("),
    ("(a > 1) + 2 > 1", 1, "this is true or false"), ("not a", 5, "this is a number"),
    ("9223372036854775807 * a > 1", 21, "a number becomes larger than a query allows"),
    ("and", 1, "and is not expected here"), ("a > > 1", 5, "> is not expected here"),
  ])
  func `what is wrong is told with its column`(_ query: String, _ column: Int, _ words: String) throws {
    let net = try net()
    let error = try #require(throws: QueryError.self) { try Query(query, of: net) }
    #expect(error.message.description == words)
    #expect(error.column == column)
  }

  @Test func `a slip of the pen is answered with a name`() throws {
    let net = try net()
    let error = try #require(throws: QueryError.self) { try Query("my_place > 1 and enabled(payy)", of: net) }
    #expect(error.message.hint == "did you mean \"my place\"?")
  }

  @Test func `deep nesting is refused before the stack ends`() throws {
    let net = try net()
    for open in ["(", "not ", "-"] {
      let text = String(repeating: open, count: 100_000) + "a"
      #expect(throws: QueryError.self) { try Query(text, of: net) }
    }
  }
}
