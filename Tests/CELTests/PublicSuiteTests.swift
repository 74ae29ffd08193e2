import CEL
import JSON
import Testing

/// What is refused of the suite, as the page beside it allows: bytes, types, NaN and the infinities, and functions of the
/// extensions.
private let allowedRefusals: Set<String> = Set(
  [
    "bytes are not supported", "types as values are not supported",
    "the result is infinite or no number, which JSON has not",
  ]
    + [
      "bytes", "type", "format", "lastIndexOf", "reverse", "strings.quote", "math.bitAnd", "math.bitNot", "math.bitOr",
      "math.bitShiftLeft", "math.bitShiftRight", "math.bitXor", "math.isFinite", "math.isInf", "math.isNaN",
      "math.sign",
      "math.trunc",
    ].map { "\($0) is not supported" })

@Suite(
  .enabled(
    if: PublicSuite.shared != nil, "there is no ../shared/suites beside the repository, and PTFLOW_SHARED is not set"))
struct PublicSuiteTests {
  @Test func `every case of the public suite has its value or its error, or is refused by name`() {
    var answered = 0
    for one in PublicSuite.shared?.cases ?? [] {
      let expression: Expression
      do throws(CELRefusal) {
        expression = try Expression.compile(one.expression, variables: Set(one.bindings.keys))
      } catch {
        #expect(allowedRefusals.contains(error.message), "\(one.name): \(one.expression): \(error.message)")
        continue
      }
      answered += 1
      let value = try? expression.evaluate(one.bindings)
      let stated = one.value.flatMap(Value.init(tagged:))
      #expect((stated == nil) == (one.value == nil), "\(one.name)")
      #expect(
        value.map { found in stated.map { $0.isSame(as: found) } ?? false } ?? (stated == nil),
        "\(one.expression) is \(value?.tagged.json ?? "an error")")
    }
    #expect(answered > 800)
  }
}
