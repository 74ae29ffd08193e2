import Diagnostics
import Foundation
import NetFormats
import PetriNet
import TestNets
import Testing

/// The one layout of the native format.
@Suite struct FormatTests {
  private func laidOut(_ text: String, name: String = "net.ptflow.yaml") throws -> String {
    let once = try formatted(SourceFile(name: name, text: text))
    let twice = try formatted(SourceFile(name: name, text: once))
    #expect(once == twice, "not the same again:\n\(once)")
    return once
  }

  @Test func `comments, order and words stay, and white space does not`() throws {
    let text = """
      \u{feff}# The shop.


      net:   shop    # its name
      roles :
          # who buys
          customer: {creates: true,}   # may begin
          clerk:
          # nobody else

      # What lies where.
      places: # all of them
        stock: { start: 20,capacity: 100 }
        "to pay":   0
      transitions:
          add: {by: customer,   gives:  [basket,basket]}



          pack:    # slowly
              takes:
              - paid
              - stock   # two boxes
              -   stock
              about: >-
                  Some long
                  text.

              gives: 'packed'
      # The end.
      """
    #expect(
      try laidOut(text) == """
        # The shop.

        net: shop  # its name
        roles:
          # who buys
          customer: {creates: true}  # may begin
          clerk:
          # nobody else

        # What lies where.
        places:  # all of them
          stock: {start: 20, capacity: 100}
          "to pay": 0
        transitions:
          add: {by: customer, gives: [basket, basket]}

          pack:  # slowly
            takes:
              - paid
              - stock  # two boxes
              - stock
            about: >-
              Some long
              text.

            gives: 'packed'
        # The end.

        """)
  }

  @Test func `what is too long for a line, or has comments in it, becomes a block`() throws {
    let names = (1...20).map { "place_\($0)" }
    let text = """
      transitions:
        t: {takes: [\(names.joined(separator: ", "))], gives: {a: 1, b: 2}}
        u: {takes: [a, # first
            b], gives: c} # last
        v: {gives: {}, takes: []}
      """
    #expect(
      try laidOut(text) == """
        transitions:
          t:
            takes:
        \(names.map { "      - \($0)" }.joined(separator: "\n"))
            gives: {a: 1, b: 2}
          u:  # last
            takes:
              - a  # first
              - b
            gives: c
          v: {gives: {}, takes: []}

        """)
  }

  @Test(arguments: [
    "a: |\n   x\n    y\n\n   z\n\n\nb: 1", "a: |+\n  x\n\n\nb: 1", "a: >2\n    x\n  y\nb: |-\n  z",
    "a: |2-  # c\n   x\n",
    "a: \"x \\\n   y\\ \n  z\"\nb: 'it''s\n\n  so'", "a: x\n  y # c\n\n\nb: 1",
    "- a\n- - b\n  - c\n-\n  # c\n  - d: 1\n    e: 2\n- - # x\n    f",
    "{a: {b: [c, {d: e}], f}, 'g': \"h\"}", "[a: 1, b]", "a:\n- b\n- c\n# d\ne: 1", "? a\n: b\n? 'c d' # x\n: - e",
    "%YAML 1.1\n---\na: 1\n...\n", "a: 1\r\nb:\r\n  - c # d\r\n\r\n\r\n  - e\r\n",
    "# a\n\n# b\n\n\n  # c\na: 1\n  # d\n#e",
    "a:\n    # x\n    b: 1\n    # y\n  # z\n# w\nc: 2", "a: # x\n  b # y\nc: 1",
    "a: {b: 1, # x\n  # y\n  c: 2\n  # z\n  } # w\n", "\"a\": [ ]",
    "ä: ö # ü\nß: 'ẞ'", "a:\n  - b: 1 # x\n    c: 2 # y\n  # z\n  - d: 3", "a: 'x # y' # z\nb: \"# \" #w",
    "a: http://x#y\nb: x#y # z",
  ])
  func `whatever YAML is read stays what it is`(_ text: String) throws { _ = try laidOut(text + "\n") }

  @Test func `all nets of this repository keep their meaning`() throws {
    for file in try files(of: "nets") + files(of: "Tests/CompilerTests/Golden") {
      let bytes = Array(try Data(contentsOf: file))
      guard let before = Reading(bytes: bytes, name: file.lastPathComponent).file?.net else { continue }
      let text = try laidOut(String(decoding: bytes, as: UTF8.self))
      let after = try #require(Reading(text, name: file.lastPathComponent).file?.net)
      #expect(after.canonicalForm == before.canonicalForm)
      #expect(after.places.map(\.name) == before.places.map(\.name))
      #expect(after.about == before.about && after.specification.lines == before.specification.lines)
      func comments(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("#") }
      }
      #expect(comments(text) == comments(String(decoding: bytes, as: UTF8.self)))
    }
  }

  @Test(arguments: 0..<50)
  func `random nets keep their meaning, however they are written`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let net = try Net.random("net", names: hostileNames, using: &generator)
    let written = try #require(try NetFormat.native.write(net)).text
    // Two spaces more, comments where lines end, and empty lines.
    var lines: [String] = []
    for line in written.split(separator: "\n", omittingEmptySubsequences: false) {
      if Bool.random(using: &generator) { lines.append("") }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        lines.append(String(repeating: " ", count: Int.random(in: 0..<7, using: &generator)) + "# \(lines.count)")
      }
      let indent = line.prefix { $0 == " " }
      let end = line.isEmpty ? "" : Int.random(in: 0..<4, using: &generator) == 0 ? " # \(lines.count)" : "  "
      lines.append(indent + line + end)
    }
    let text = try laidOut(lines.joined(separator: "\n"))
    #expect(Reading(text, name: "x.ptflow.yaml").net == net.canonicalLines.joined(separator: "\n"))
  }

  @Test func `what a program wrote is laid out already`() throws {
    for file in try files(of: "nets") {
      let bytes = Array(try Data(contentsOf: file))
      guard let net = Reading(bytes: bytes, name: file.lastPathComponent).file?.net,
        let written = try NetFormat.native.write(net)?.text
      else { continue }
      #expect(try laidOut(written) == written)
    }
    #expect(try laidOut(starter(name: "first")) == starter(name: "first"))
  }

  @Test func `what cannot be read is refused where it stands`() throws {
    for (text, head) in [
      ("a: [b", "2:1: error: this is not YAML: did not find expected ',' or ']'"),
      ("a: &x 1", "1:4: error: anchors are not read"), ("a: 1\na: 2", "2:1: error: the key \"a\" stands twice"),
    ] {
      do throws(Diagnostics) {
        _ = try formatted(SourceFile(name: "x.ptflow.yaml", text: text + "\n"))
        Issue.record("\(text) is read")
      } catch {
        let found = error.all.map { "\($0.location.line):\($0.location.column): \($0.severity): \($0.message)" }
        #expect(found.contains { $0.hasPrefix(head) }, "\(found)")
      }
    }
    #expect(throws: Diagnostics.self) { try formatted(SourceFile(name: "x.pnml", text: "<pnml/>")) }
    #expect(throws: Diagnostics.self) { try formatted(SourceFile(name: "x.json", text: "{\"places\": {}}")) }
  }

  private func files(of folder: String) throws -> [URL] {
    var repository = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { repository.deleteLastPathComponent() }
    let all = FileManager.default.enumerator(at: repository.appending(path: folder), includingPropertiesForKeys: nil)
    return (all?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.path.hasSuffix(".ptflow.yaml") }
  }
}
