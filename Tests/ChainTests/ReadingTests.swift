import Chain
import Diagnostics
import Foundation
import TestNets
import Testing

@Suite struct ReadingTests {
  private func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func proof(_ text: String) throws -> Proof { try Proof(SourceFile(name: "proof.json", text: text)) }

  private func anchor(_ text: String) throws -> AnchoredHeads {
    try AnchoredHeads(SourceFile(name: "anchor.json", text: text))
  }

  /// Where and why a text is refused.
  private func refusal(_ read: () throws -> Void) -> String {
    do {
      try read()
      return "accepted"
    } catch let error as Diagnostics {
      return error.all.map { $0.rendered(in: nil) }.joined()
    } catch {
      return "\(error)"
    }
  }

  @Test func `a proof is read as it was written`() throws {
    var proof = Example.proof()
    proof.id = "\"\\\n\u{1}é🐘/\u{2028}"
    proof.events[1].payload = .redacted(Hash(of: [7]))
    #expect(try self.proof(text(proof)) == proof)
    let spaced = try text(proof).replacing(",\"", with: " ,\r\n\t\"") + "\n \n"
    #expect(try self.proof(spaced) == proof)
    let escaped = try text(proof).replacing("🐘", with: "\\ud83d\\uDC18").replacing("é", with: "\\u00e9")
    #expect(try self.proof(escaped) == proof)
  }

  @Test func `a proof with a field twice, unknown, missing or of another kind is refused where it stands`() throws {
    let text = try text(Example.proof())
    func changed(_ old: String, _ new: String) throws -> String {
      #expect(text.contains(old), "\(old)")
      let range = try #require(text.range(of: old))
      return text.replacingCharacters(in: range, with: new)
    }
    let cases = [
      ("\"net\":\"shuttle\"", "\"net\":\"shuttle\",\"net\":\"shuttle\"", "\"net\" comes a second time"),
      ("\"net\":\"shuttle\"", "\"net\":\"shuttle\",\"n\\u0065t\":\"other\"", "\"net\" comes a second time"),
      ("\"action\":\"\"", "\"action\":\"\",\"action\":\"take\"", "\"action\" comes a second time"),
      ("\"action\":\"\"", "\"action\":\"\",\"seq\":0", "there is no field \"seq\""),
      ("\"net\":", "\"Net\":", "there is no field \"Net\""),
      ("\"net\":\"shuttle\",", "", "the field \"net\" is missing"),
      ("\"actor\":\"ann\",", "", "the field \"actor\" is missing"),
      ("\"key_hash\":null,", "", "the field \"key_hash\" is missing"),
      ("\"payload_hash\":null", "\"payload_hash\":\"\(Hash(of: []))\"", "one of payload and payload_hash"),
      ("\"payload\":\"{}\"", "\"payload\":null", "one of payload and payload_hash"),
      ("\"payload\":\"{}\"", "\"payload\":{}", "a string is due"),
      ("\"multiple\":1", "\"multiple\":1.0", "a whole number"),
      ("\"multiple\":1", "\"multiple\":1e0", "a whole number"),
      ("\"multiple\":1", "\"multiple\":\"1\"", "a whole number"), ("\"multiple\":1", "\"multiple\":01", "a comma or }"),
      ("\"multiple\":1", "\"multiple\":9223372036854775808", "a whole number"),
      ("\"multiple\":1", "\"multiple\":true", "a whole number"), ("\"multiple\":1", "\"multiple\":+1", "a JSON value"),
      ("\"path\":[{\"left\":\"", "\"path\":[{\"left\":\"0", "a hash of 64"),
      ("\"path\":[", "\"path\":[null,", "an object is due"),
      ("\"right\":null", "\"right\":\"\(Hash(of: []))\"", "one of left and right is null"),
      ("\"right\":null", "\"right\":null,\"index\":1", "there is no field \"index\""),
      (",\"right\":null", "", "the field \"right\" is missing"),
      ("\"encoding\":1", "\"encoding\":2", "checks encoding 1"),
      ("\"encoding\":1", "\"encoding\":null", "a whole number"),
      ("\"id\":\"trip 1\"", "\"id\":\"trip\u{1}1\"", "a control character"),
      ("\"id\":\"trip 1\"", "\"id\":\"\\ud83d\"", "half of a surrogate"),
      ("\"id\":\"trip 1\"", "\"id\":\"\\ud83d\\u0041\"", "no surrogate pair"),
      ("\"id\":\"trip 1\"", "\"id\":\"\\x41\"", "no such escape"),
      ("\"id\":\"trip 1\"", "\"id\":\"\\u00g1\"", "four hexadecimal digits"),
      ("\"id\":\"trip 1\"", "\"id\" \"trip 1\"", "a colon"), ("\"id\":\"trip 1\"", "\"id\":nul", "no JSON value"),
      ("\"id\":\"trip 1\"", "\"id\":" + String(repeating: "[", count: 100_000), "too deep"),
    ]
    for (old, new, words) in cases {
      let changed = try changed(old, new)
      let refusal = refusal { _ = try proof(changed) }
      #expect(refusal.contains(words) && refusal.hasPrefix("proof.json:1:"), "\(new.prefix(60)): \(refusal)")
    }
    let ends = [
      ("\(text) {}", "has ended before"), ("\(text),", "has ended before"), ("[\(text)]", "an object is due"),
    ]
    for (changed, words) in ends { #expect(refusal { _ = try proof(changed) }.contains(words), "\(words)") }
    for count in 0..<text.count {
      #expect(refusal { _ = try proof(String(text.prefix(count))) }.hasPrefix("proof.json:1:"), "\(count)")
    }
    let column = try #require(text.range(of: "\"net\"")).lowerBound
    let twice = text.replacing("\"net\":\"shuttle\"", with: "\"net\":\"shuttle\",\n\"net\":\"shuttle\"")
    #expect(refusal { _ = try proof(twice) }.hasPrefix("proof.json:2:1: "))
    let unknown = text.replacing("\"net\"", with: "\"nett\"")
    #expect(
      refusal { _ = try proof(unknown) }.hasPrefix(
        "proof.json:1:\(text.distance(from: text.startIndex, to: column) + 1): "))
  }

  @Test func `each byte of a proof counts`() throws {
    var original = Example.proof()
    original.events[1].payload = .redacted(original.events[1].payload.hash)
    let bytes = Array(try text(original).utf8)
    let root = original.root
    #expect(original.problems(against: root) == [])
    var generator = SeededGenerator(seed: 12)
    for place in bytes.indices {
      var changes: [[UInt8]] = [[], [bytes[place], bytes[place]]]
      for _ in 0..<4 { changes.append([UInt8.random(in: .min ... .max, using: &generator)]) }
      changes += ["0", "1", "a", "\"", " ", ",", "]"].map { Array($0.utf8) }
      for change in changes {
        let changed = Array(bytes[..<place]) + change + Array(bytes[(place + 1)...])
        guard let read = try? Proof(SourceFile(name: "proof.json", bytes: changed)), read != original else { continue }
        #expect(read.problems(against: root) != [], "\(String(decoding: changed, as: UTF8.self))")
      }
    }
  }

  @Test func `a proof that is not UTF-8 is refused`() throws {
    let bytes = try Array(text(Example.proof()).utf8)
    for change in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]] as [[UInt8]] {
      let file = SourceFile(name: "proof.json", bytes: bytes + change)
      #expect(refusal { _ = try Proof(file) }.contains("not UTF-8"))
    }
  }

  @Test func `an anchor is read as it was written, and nothing else is`() throws {
    let heads = Example.heads(Example.proof())
    let anchor = AnchoredHeads(heads, at: "2026-01-02T03:04:05Z")
    let lines = try [text(anchor.header)] + heads.map { try text($0) }
    func file(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
    #expect(try self.anchor(file(lines)) == anchor)
    let none = AnchoredHeads([], at: "2026-01-02T03:04:05Z")
    #expect(try self.anchor(text(none.header)) == none)

    let cases: [([String], String)] =
      [
        ([], "anchor.json:1:1: error: the text ends"),
        (Array(lines[1...]), "anchor.json:1:2: error: there is no field \"hash\""),
        ([lines[0], lines[1], lines[1], lines[2], lines[3]], "anchor.json:3:1: error: this instance is not after"),
        ([lines[0], lines[2], lines[1], lines[3]], "anchor.json:3:1: error: this instance is not after"),
        (Array(lines[..<3]), "anchor.json:1:1: error: the file has 2 instances"),
        (lines + [""], "anchor.json:5:1: error: the text ends"),
        ([lines[0], lines[1], lines[2], lines[3] + " x"], "has ended before"),
        (
          [lines[0], lines[1], lines[2].replacing("\"seq\":1", with: "\"seq\":2"), lines[3]],
          "anchor.json:1:1: error: the root is not"
        ),
        (
          [lines[0], lines[1], lines[2].replacing("\"seq\":1", with: "\"seq\":1,\"seq\":1"), lines[3]],
          "comes a second time"
        ),
        ([lines[0].replacing("\"at\"", with: "\"when\"")] + lines[1...], "there is no field \"when\""),
      ]
      + ["", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-01-02T03:04:0٥Z", "2026-01-02T03:04:05Z\\n"].map {
        ([lines[0].replacing("2026-01-02T03:04:05Z", with: $0)] + lines[1...], "a time such as")
      }
    for (lines, words) in cases {
      let refusal = refusal { _ = try self.anchor(file(lines)) }
      #expect(refusal.contains(words), "\(refusal)")
    }
  }
}
