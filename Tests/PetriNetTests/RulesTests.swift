import CEL
import Diagnostics
import JSON
import PetriNet
import Testing

@Suite struct RulesTests {
  private func net(_ schema: String? = nil, when text: String? = nil) throws -> Net {
    var transition = Transition("t")
    if let schema {
      transition.payload = try PayloadRule(parseJSON(Array(schema.utf8), title: "the schema", deepest: 100)) { _ in
        .unknown
      }
    }
    let location = SourceLocation(file: "f", line: 3, column: 9)
    transition.when = try text.map { try Guard($0, at: location, isVerbatim: true) }
    return try Net(name: "n", places: [Place("p", initial: 2), Place("to pay")], transitions: [transition], arcs: [])
  }

  private func circumstances(_ payload: String = "{}") throws -> Circumstances {
    Circumstances(
      payload: try Document(parseJSON(Array(payload.utf8), title: "the payload", deepest: 100)), now: 0, actor: "ann",
      role: "clerk", id: "i", seq: 4)
  }

  /// What the guard says: nil when it has no value.
  private func holds(_ text: String, _ schema: String? = nil, _ payload: String = "{}") throws -> Bool? {
    let net = try net(schema, when: text)
    switch net.ruleObstacles(to: 0, times: 3, in: net.initialMarking, try circumstances(payload)).last {
    case nil: return true
    case .isFalse: return false
    default: return nil
    }
  }

  @Test func `a guard sees the tokens, the payload and the circumstances`() throws {
    #expect(try holds("tokens.p == 2 && tokens[\"to pay\"] == 0") == true)
    #expect(try holds("multiple == 3 && seq == 4 && id == 'i' && actor == 'ann' && role == 'clerk'") == true)
    #expect(try holds("now > timestamp('1969-12-31T23:59:59Z')") == true)
    #expect(try holds("tokens.p > 2") == false)
    let schema = #"{"type": "object", "properties": {"amount": {"type": "number"}}}"#
    #expect(try holds("payload.amount >= 0.3", schema, #"{"amount": 0.3}"#) == true)
    #expect(try holds("payload.amount >= 0.3", schema) == nil)
    #expect(try holds("[1, 2].exists(tokens, tokens == 2)") == true)
  }

  @Test func `what a false guard saw is told, without what is not there`() throws {
    let schema = #"{"type": "object", "properties": {"a": {"type": "number"}}}"#
    let net = try net(schema, when: "has(payload.a) && tokens.p > 5")
    guard case .isFalse(_, let seen)? = net.ruleObstacles(to: 0, in: net.initialMarking, try circumstances()).first
    else { return #expect(Bool(false)) }
    #expect(seen.map(\.name) == ["payload", "tokens.p"])
    #expect(seen.map(\.value.json) == ["{}", "2"])
  }

  @Test func `what can fail for its type is refused where it stands`() {
    let diagnostics = #expect(throws: Diagnostics.self) { try net(when: "payload.amount > 3") }
    #expect(diagnostics?.all.first?.location == SourceLocation(file: "f", line: 3, column: 17))
    #expect(diagnostics?.all.first?.message.hint?.contains("payload") == true)
    let slip = #expect(throws: Diagnostics.self) { try net(when: "tokens.p > 0 && tokens['to_pay'] > 1") }
    #expect(slip?.all.first?.message.description == "the guard: there is no place \"to_pay\"")
    #expect(slip?.all.first?.message.hint == "did you mean \"to pay\"?")
    #expect(slip?.all.first?.location.column == 25)
    for text in ["tokens.nowhere > 1", "tokens.p", "tokens.p == ", "size(tokens) > 1", "payload == type(1)"] {
      #expect(throws: Diagnostics.self, "\(text)") { try net(when: text) }
    }
  }

  @Test func `a schema that cannot be compiled is refused by its keyword`() {
    let diagnostics = #expect(throws: Diagnostics.self) { try net(#"{"unevaluatedItems": false}"#) }
    #expect(diagnostics?.all.first?.message.description.contains("unevaluatedItems") == true)
  }

  @Test func `rules are part of the canonical form, and read back from it`() throws {
    let net = try net(#"{"type": "object", "title": "a \"b\""}"#, when: "tokens.p > 1 || 'x\\n' == id")
    #expect(
      net.canonicalLines.last
        == #"transition "t" roles "default" payload "{\"type\": \"object\", \"title\": \"a \\\"b\\\"\"}" when "tokens.p > 1 || 'x\\n' == id""#
    )
    let read = try Net(canonicalForm: net.canonicalForm, name: "n")
    #expect(read.canonicalForm == net.canonicalForm)
    #expect(read.transitions[0].when?.text == net.transitions[0].when?.text)
    #expect(throws: Diagnostics.self) {
      try Net(canonicalForm: "transition \"t\" roles \"default\" when \"1 +\"\n", name: "n")
    }
    #expect(throws: Diagnostics.self) {
      try Net(canonicalForm: "transition \"t\" roles \"default\" payload \"{\"\n", name: "n")
    }
  }
}
