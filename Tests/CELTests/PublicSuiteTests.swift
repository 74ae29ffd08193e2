import CEL
import JSON
import Testing

@Suite(.enabled(if: PublicSuite.shared != nil, "the public suites are not here; PTFLOW_SHARED names their folder"))
struct PublicSuiteTests {
  @Test func `every case of the public suite has its value or its error, or is refused`() {
    var refused: [String] = []
    for one in PublicSuite.shared?.cases ?? [] {
      let expression: Expression
      do throws(CELRefusal) {
        expression = try Expression.compile(one.expression, variables: Set(one.bindings.keys))
      } catch {
        refused.append("\(one.name): \(one.expression.debugDescription): \(error.message)")
        continue
      }
      let value = try? expression.evaluate(one.bindings)
      let (found, stated) = (value.map(normal)?.json ?? "error", one.value.map(normal)?.json ?? "error")
      #expect("\(one.expression) is \(found)" == "\(one.expression) is \(stated)")
    }
    print(refused.joined(separator: "\n"))
    #expect(refused.count < 400)
  }
}

/// A value in the form in which two that are alike are equal: a double by its value, a map without its order.
private func normal(_ value: Value) -> Document { normal(value.tagged) }

private func normal(_ tagged: Document) -> Document {
  guard case .object(let members) = tagged, members.count == 1 else { return tagged }
  switch (members[0].name, members[0].value) {
  case ("double", .string(let text)): return .object(["double": .string(Text("\(Double(text.string) ?? .nan)"))])
  case ("list", .array(let elements)): return .object(["list": .array(elements.map(normal))])
  case ("map", .array(let pairs)):
    return .object(["map": .array(pairs.map { normalPair($0) }.sorted { $0.json < $1.json })])
  default: return tagged
  }
}

private func normalPair(_ pair: Document) -> Document {
  if case .array(let parts) = pair { .array(parts.map(normal)) } else { pair }
}
