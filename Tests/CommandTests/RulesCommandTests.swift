import TestServer
import Testing

/// Schemas of payloads and guards, as a person at a terminal meets them.
@Suite struct RulesCommandTests {
  private static let refund = """
    places: {paid: 1}
    transitions:
      refund:
        takes: paid
        gives: refunded
        payload: {type: object, required: [amount], properties: {amount: {type: number}}}
        when: payload.amount <= 100.00
      keep: {takes: paid, when: tokens.refunded > 0}
    """

  @Test func `check tries a payload without a database`() throws {
    try Bench.with { bench in
      try bench.write(Self.refund, to: "refund.ptflow.yaml")
      try bench.write(#"{"amount": 5}"#, to: "good.json")
      try bench.write(#"{"amount": "x"}"#, to: "bad.json")
      let good = try bench.ptflow("check", "refund.ptflow.yaml", "--payload", "refund", "good.json")
      #expect(good.code == 0 && good.output == "good.json: a payload of refund\n")
      let bad = try bench.ptflow("check", "refund.ptflow.yaml", "--payload", "refund", "bad.json")
      #expect(bad.code == 1)
      #expect(
        bad.output == "bad.json: no payload of refund\nwhere    keyword  wanted\n/amount  type     a number\n")
      let json = try bench.ptflow("check", "refund.ptflow.yaml", "--json", "--payload", "refund", "bad.json")
      #expect(json.code == 1)
      #expect(
        json.output.hasPrefix(
          #"{"action": "refund", "file": "bad.json", "valid": false, "failures": [{"pointer": "/amount""#))
      #expect(try bench.ptflow("check", "refund.ptflow.yaml", "--payload", "keep", "bad.json").code == 0)
      let unknown = try bench.ptflow("check", "refund.ptflow.yaml", "--payload", "refnud", "bad.json")
      #expect(unknown.code != 0 && unknown.errors.contains("no transition is called \"refnud\""))
      #expect(try bench.ptflow("check", "refund.ptflow.yaml", "--payload", "refund").code == 64)
      #expect(
        try bench.ptflow("check", "refund.ptflow.yaml").output.contains("guards and schemas of payloads are left aside")
      )
    }
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `why says what the payload and the guard keep from firing`() throws {
    try Bench.withDatabase { bench in
      try bench.write(Self.refund, to: "refund.ptflow.yaml")
      _ = try bench.answer("install", "refund.ptflow.yaml")
      _ = try bench.answer("create", "refund", "r")
      #expect(try bench.answer("enabled", "refund", "r") == "action  role     you may\nrefund  default  yes\n")
      #expect(
        try bench.answer("why", "refund", "r", "keep")
          == "condition  rule                 saw\nwhen       tokens.refunded > 0  {\"tokens.refunded\": 0}\n")
      #expect(try bench.answer("why", "refund", "r", "refund") == "refund is enabled\n")
      #expect(
        try bench.answer("why", "refund", "r", "refund", "--payload", #"{"amount": 101}"#)
          == "condition  rule                      saw\nwhen       payload.amount <= 100.00  {\"payload.amount\": 101}\n"
      )
      let refused = try bench.ptflow("dispatch", "refund", "r", "refund", #"{"amount": 101}"#)
      #expect(refused.code == 2)
      #expect(refused.errors.contains("payload.amount <= 100.00 is false; payload.amount is 101"))
      _ = try bench.answer("dispatch", "refund", "r", "refund", #"{"amount": 100}"#)
    }
  }
}
