import JSON
import Testing

@Suite struct DecimalTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("-0.0e7", "0"), ("1", "1"), ("1.0", "1"), ("10e-1", "1"), ("1E2", "100"),
    ("-12.340", "-12.34"), ("0.00120", "0.0012"), ("1e-5", "0.00001"), ("123456789012345678901234567890.5", nil),
  ])
  func `a number is printed without an exponent and without zeros that say nothing`(_ text: String, _ printed: String?)
  {
    #expect(Decimal(text)?.description == printed ?? text)
  }

  @Test(arguments: ["", "-", "1.", ".5", "1e", "1e+", "+1", "1 ", "0x1", "1e1000000", "1e131072", "1e-16384", "NaN"])
  func `what is no number of JSON or too large for numeric is none`(_ text: String) {
    #expect(Decimal(text) == nil)
  }

  @Test func `the largest and the finest number are taken`() {
    #expect(Decimal("1e131071")?.isWhole == true)
    #expect(Decimal("1e-16383")?.isWhole == false)
    #expect(Decimal("0e999999")?.isZero == true)
  }

  @Test func `numbers are in order and reckoned with like whole numbers`() {
    var numbers = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let first = Int64.random(in: -100_000...100_000, using: &numbers)
      let second = Int64.random(in: -100_000...100_000, using: &numbers)
      let (a, b) = (Decimal(first), Decimal(second))
      #expect((a < b) == (first < second) && (a == b) == (first == second))
      #expect(a + b == Decimal(first + second) && a - b == Decimal(first - second))
      #expect(a * b == Decimal(first * second), "\(first) * \(second)")
      #expect(a.divided(by: b, fractionDigits: 0) == (second == 0 ? nil : Decimal(first / second)))
      #expect(a.isMultiple(of: b) == first.isMultiple(of: second))
      let (tenth, hundredth) = (Decimal("\(first)e-1"), Decimal("\(second)e-2"))
      #expect(tenth.flatMap { x in hundredth.map { x + $0 } } == Decimal("\(first * 10 + second)e-2"))
    }
  }

  @Test func `a quotient is cut off behind the digits that are wanted`() {
    #expect(Decimal(2).divided(by: Decimal(3), fractionDigits: 5) == Decimal("0.66666"))
    #expect(Decimal(-2).divided(by: Decimal(3), fractionDigits: 0) == Decimal(0))
    #expect(
      Decimal("1e300").flatMap { $0.divided(by: Decimal(7), fractionDigits: 0) }?.description.prefix(6) == "142857")
  }

  @Test func `fractions are multiples exactly`() throws {
    let cent = try #require(Decimal("0.01"))
    #expect(try #require(Decimal("19.99")).isMultiple(of: cent))
    #expect(!(try #require(Decimal("19.999"))).isMultiple(of: cent))
    #expect(!(try #require(Decimal("1e308"))).isMultiple(of: try #require(Decimal("0.123456789"))))
  }
}
