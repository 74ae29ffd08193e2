import Foundation
import NetFormats
import PetriNet
import Testing

/// PNML that we write is read by pm4py, and the other way round. `make setup-tests` installs pm4py for these tests alone.
@Suite(.enabled(if: PM4Py.isThere, "pm4py is not installed: make setup-tests"))
struct PM4PyTests {
  @Test func `pm4py reads the places, transitions, arcs and markings that we write`() throws {
    let nets = try PM4Py.nets()
    #expect(nets.count > 8)
    let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "pm4py-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try nets.enumerated().map { index, net in
      let file = folder.appending(path: "\(index).pnml")
      try Data(try #require(try NetFormat.pnml.write(net)).text.utf8).write(to: file)
      return file.path
    }
    let read = try PM4Py.run(files).split(separator: "\n")
    #expect(read.count == nets.count)
    for (net, line) in zip(nets, read) {
      var (theirs, ours) = (try Seen(line), Seen(net))
      // It guesses an end where none is stated, and takes several for one.
      if net.specification.ends.count != 1 { (theirs.ends, ours.ends) = ([], []) }
      #expect(theirs == ours, "\(net.name)")
    }
  }

  @Test func `a net of pm4py's is the same here, and its silent transitions are told`() throws {
    let file = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "pm4py-\(UUID()).pnml")
    defer { try? FileManager.default.removeItem(at: file) }
    _ = try PM4Py.run(["--write", file.path])
    let reading = Reading(bytes: Array(try Data(contentsOf: file)), name: "shop.pnml")
    let net = try #require(reading.file?.net, "\(reading.told)")
    var seen = try Seen(try PM4Py.run([file.path]).split(separator: "\n")[0])
    #expect(seen.transitions.contains(["skip", "true"]))
    #expect(reading.told.contains("silent transitions fire when they are called, as all others: \"skip\""))
    seen.transitions = seen.transitions.map { [$0[0], "false"] }
    #expect(seen == Seen(net))
    #expect(net.specification.lines == ["end paid 2"])
  }
}

/// The program that reads nets with pm4py.
private enum PM4Py {
  private static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }
  private static let python = repository.appending(path: ".tools/pm4py/bin/python")

  /// Where it is missing, its tests are left out, except in CI: there they fail.
  static var isThere: Bool {
    let isCI = ProcessInfo.processInfo.environment["CI"].map { !$0.isEmpty && $0 != "false" } ?? false
    return isCI || FileManager.default.isExecutableFile(atPath: python.path)
  }

  static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = python
    process.arguments = [repository.appending(path: "Tests/NetFormatsTests/read_pnml.py").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }

  /// The example nets, with a final marking where none is stated, and a net of all kinds of arcs.
  static func nets() throws -> [Net] {
    let folder = repository.appending(path: "nets")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter(NetFormat.isNet).sorted()
    let nets = try files.compactMap { file in
      Reading(bytes: Array(try Data(contentsOf: folder.appending(path: file))), name: file).file?.net
    }
    let all = Reading(
      """
      places: {"a <&>": 3, b: {start: 1, capacity: 4}, "ä": }
      transitions:
        t: {takes: {"a <&>": 2}, gives: {"ä": 5, b: 1}, unless: {b: 3}}
        u: {takes: b, gives: b, resets: "ä"}
      ends: [{"ä": 5, b: 2}]
      """, name: "x.ptflow.yaml")
    return nets + [try #require(all.file?.net)]
  }
}

/// What is compared of a net.
private struct Seen: Equatable {
  /// Name, and tokens at the beginning.
  var places: [[String]]
  /// Name, and tokens at the end.
  var ends: [[String]]
  /// Name, and whether it is silent.
  var transitions: [[String]]
  /// Source, target, weight and kind.
  var arcs: [[String]]

  init(_ net: Net) {
    places = net.places.map { ["\($0.name)", "\($0.initial)"] }.sorted(by: <)
    let end = net.specification.ends.first
    ends = net.places.map { place in
      ["\(place.name)", "\(end?.parts.first { $0.place == place.name }?.tokens ?? 0)"]
    }.sorted(by: <)
    transitions = net.transitions.map { [$0.name, "false"] }.sorted(by: <)
    arcs = net.arcs.map { arc in
      let (place, transition) = (net.places[arc.place].name, net.transitions[arc.transition].name)
      let kind = arc.kind == .input || arc.kind == .output ? "normal" : arc.kind.rawValue
      let ends = arc.kind == .output ? [transition, place] : [place, transition]
      return ends + ["\(arc.weight)", kind]
    }.sorted(by: <)
  }

  init(_ line: Substring) throws {
    struct Raw: Decodable {
      enum Cell: Decodable {
        case text(String)
        case number(Int)
        case truth(Bool)

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if let text = try? container.decode(String.self) {
            self = .text(text)
          } else if let truth = try? container.decode(Bool.self) {
            self = .truth(truth)
          } else {
            self = .number(try container.decode(Int.self))
          }
        }

        var words: String {
          switch self {
          case .text(let text): text
          case .number(let number): "\(number)"
          case .truth(let truth): "\(truth)"
          }
        }
      }
      let places: [[Cell]]
      let ends: [[Cell]]
      let transitions: [[Cell]]
      let arcs: [[Cell]]
    }
    let raw = try JSONDecoder().decode(Raw.self, from: Data(line.utf8))
    func words(_ rows: [[Raw.Cell]]) -> [[String]] { rows.map { $0.map(\.words) }.sorted(by: <) }
    (places, ends) = (words(raw.places), words(raw.ends))
    (transitions, arcs) = (words(raw.transitions), words(raw.arcs))
  }
}

private func < (one: [String], two: [String]) -> Bool { one.lexicographicallyPrecedes(two) }
