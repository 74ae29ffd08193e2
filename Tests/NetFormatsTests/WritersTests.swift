import Diagnostics
import Foundation
import NetFormats
import PetriNet
import Testing

@Suite struct WritersTests {
  private static let nets = ["approval", "booking", "incident", "loan", "order", "stock", "tictactoe", "turnstile"]

  private func net(_ file: String) throws -> Net {
    var repository = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { repository.deleteLastPathComponent() }
    let bytes = Array(try Data(contentsOf: repository.appending(path: "nets/\(file)")))
    return try #require(Reading(bytes: bytes, name: file).file?.net)
  }

  /// Whatever a format can say comes back; the rest is named.
  @Test(arguments: [NetFormat.native, .pflow, .pnml, .tina, .lola, .pflowXYZ])
  func `a written net is read again in its format`(_ format: NetFormat) throws {
    for name in Self.nets + ["philosophers"] {
      let net = try net("\(name).ptflow.yaml")
      let written = try #require(try format.write(net))
      let reading = Reading(written.text, name: "x")
      #expect(reading.file?.format == format)
      #expect(reading.diagnostics.errors.isEmpty)
      #expect(
        Set(reading.net.split(separator: "\n").map(String.init)).union(written.lost)
          .isSuperset(of: net.canonicalLines))
      #expect(written.lost.allSatisfy((net.canonicalLines + net.specification.lines).contains))
    }
    let philosophers = try net("philosophers.ptflow.yaml")
    #expect(try format.write(philosophers)?.lost == [])
  }

  @Test(arguments: nets)
  func `the native format and PNEditor's keep all of these nets`(_ name: String) throws {
    let net = try net("\(name).ptflow.yaml")
    for format in [NetFormat.native, .pflow] {
      let written = try #require(try format.write(net))
      #expect(written.lost == (format == .native ? [] : net.specification.lines))
      #expect(Reading(written.text, name: "x").net == net.canonicalLines.joined(separator: "\n"))
    }
  }

  @Test func `the native format keeps the order, the prose and the rest`() throws {
    let text = """
      net: "a: b"
      about: "Line one.\\nLine \\"two\\"."
      keeps: states

      roles:
        clerk: {creates: true}
        idle: {destroys: true}

      places:
        first: {start: 2, capacity: 3, about: "What: ever."}
        "{{x}}": 1
        "1":
        "no":
        for:

      transitions:
        t u:
          about: Prose.
          by: [clerk, idle]
          takes: {for: 2, first: 1}
          gives: ["1", "no"]
        v: {by: clerk, takes: "{{x}}", gives: for, reads: first, unless: {first: 4}, resets: "1"}
        w:

      """
    let reading = Reading(text, name: "x.ptflow.yaml")
    #expect(reading.told == "")
    let net = try #require(reading.file?.net)
    #expect(try NetFormat.native.write(net)?.text.replacing("{first: 1, for: 2}", with: "{for: 2, first: 1}") == text)
  }

  @Test func `what a format cannot say is named line by line`() throws {
    let net = try #require(
      Reading(
        """
        roles: {r: {creates: true}}
        places: {a: {start: 1, capacity: 2}}
        transitions: {t: {by: r, takes: a, reads: b, unless: c, resets: d}}
        """
      ).file?.net)
    let roles = [#"role "r" creates"#, #"transition "t" roles "r""#]
    let capacity = [#"place "a" initial 1 capacity 2"#]
    func lost(_ format: NetFormat) throws -> Set<String>? { try format.write(net).map { Set($0.lost) } }
    #expect(try lost(.native) == [])
    #expect(try lost(.pnml) == Set(roles))
    #expect(try lost(.pflow) == [#"arc "t" read "b" 1"#])
    #expect(try lost(.tina) == Set(roles + capacity + [#"arc "t" reset "d""#]))
    #expect(try lost(.pflowXYZ) == [roles[0], #"arc "t" reset "d""#])
    #expect(
      try lost(.lola)
        == Set(
          roles + capacity + [#"arc "t" read "b" 1"#, #"arc "t" inhibitor "c" 1"#, #"arc "t" reset "d""#]))
    for format in [NetFormat.tapaal, .pipe, .bitwrap, .petriPilot, .pureBPMN] {
      #expect(try format.write(net) == nil)
    }
  }

  @Test(arguments: ["a b", "<&>\"'", "{}\\", "ä\u{1F600}", "1", "null", "\u{7}", " x ", "a\nb", "p, q: 1;"])
  func `a name comes back, or what is lost is told`(_ name: String) throws {
    let places = [Place(name, initial: 1)]
    let net = try Net(
      name: name, places: places, transitions: [Transition("t")], arcs: [Arc(.input, place: 0, transition: 0)])
    for format in [NetFormat.native, .pflow, .pnml, .tina, .lola, .pflowXYZ] {
      do {
        let written = try #require(try format.write(net))
        let again = Reading(written.text, name: "x")
        #expect(again.net == net.canonicalLines.joined(separator: "\n") || !written.lost.isEmpty, "\(format)")
      } catch {
        #expect(format == .lola || format == .tina, "\(format): \(error)")
      }
    }
    #expect(try NetFormat.native.write(net)?.lost == [])
  }
}
