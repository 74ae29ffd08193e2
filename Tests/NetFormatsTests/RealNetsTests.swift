import Diagnostics
import Foundation
import NetFormats
import PetriNet
import Testing

/// Nets that other people drew. They are not part of this repository: see `SharedNets.folder`.
@Suite(.enabled(if: SharedNets.exist, "there is no ../shared/nets beside the repository, and PTFLOW_SHARED is not set"))
struct RealNetsTests {
  @Test(
    arguments: SharedNets.files(in: "ptflow") + SharedNets.files(in: "bitwrap") + SharedNets.files(in: "mcc")
      + SharedNets.files(in: "small").filter { $0.hasSuffix(".pnml") })
  func `a net of others is read`(_ path: String) throws {
    let file = try SharedNets.read(path)
    #expect(file.warnings.errors.isEmpty)
    #expect(file.format == SharedNets.format(of: path))
  }

  @Test(arguments: SharedNets.files(in: "woped").filter { !$0.hasSuffix("Subprocesses.pnml") })
  func `a net of WoPeD's is read`(_ path: String) throws {
    #expect(try SharedNets.read(path).format == .pnml)
  }

  @Test(arguments: SharedNets.files(in: "pipe").filter { !SharedNets.coloured.contains($0) })
  func `a plain net of PIPE's is read`(_ path: String) throws {
    #expect(try SharedNets.read(path).format == .pipe)
  }

  @Test(arguments: SharedNets.answers)
  func `places, transitions, arcs and tokens are as many as known`(_ answer: Answer) throws {
    let net = try SharedNets.read(answer.path).net
    #expect(net.places.count == answer.places)
    #expect(net.transitions.count == answer.transitions)
    #expect(net.arcs.count == answer.arcs)
    if let tokens = answer.tokens { #expect(net.initialMarking.counts.reduce(0, +) == tokens) }
  }

  @Test(arguments: SharedNets.coloured)
  func `a coloured net of PIPE's is refused by that name`(_ path: String) throws {
    let error = try #require(throws: Diagnostics.self) { try SharedNets.read(path) }
    #expect(error.errors.count == 1)
    #expect(error.errors.first?.message.description.hasSuffix("coloured nets are not supported yet") == true)
  }

  @Test(arguments: SharedNets.files(in: "tapaal"))
  func `a net of TAPAAL's that is timed or coloured is refused by that name`(_ path: String) throws {
    let error = try #require(throws: Diagnostics.self) { try SharedNets.read(path) }
    let refusal =
      path.contains("philosophers") ? "coloured nets, which are not supported yet" : "timed nets are not supported"
    #expect(error.errors.allSatisfy { $0.message.description.hasSuffix(refusal) })
  }

  @Test(
    arguments: [
      ("examples_basic_sir_model.json", NetFormat.pflowXYZ, 3, 2, 5, 1000),
      ("sudoku-4x4.jsonld", .pflowXYZ, 17, 13, 41, 4),
      ("z2xFpT8B936shqtNayWbC8hwxCe4bRxdKrY13QaHa5h2jaFg2wh.jsonld", .pflowXYZ, 30, 34, 118, 9),
      ("petri-pilot-coffeeshop.json", .petriPilot, 8, 12, 26, 1700),
      ("petri-pilot-tic-tac-toe.json", .petriPilot, 34, 36, 239, 12),
    ])
  func `a net of JSON is read whole`(
    _ file: String, _ format: NetFormat, _ places: Int, _ transitions: Int, _ arcs: Int, _ tokens: Int
  ) throws {
    let read = try SharedNets.read("pflow-xyz/\(file)")
    let net = read.net
    #expect(read.format == format)
    #expect(net.places.count == places)
    #expect(net.transitions.count == transitions)
    #expect(net.arcs.count == arcs)
    #expect(net.initialMarking.counts.reduce(0, +) == tokens)
  }

  @Test func `a coloured net of pflow.xyz's is refused by that name`() throws {
    let error = try #require(throws: Diagnostics.self) { try SharedNets.read("pflow-xyz/sudoku-9x9-colored.jsonld") }
    #expect(
      error.errors.map(\.message.description) == [
        "the tokens have several colours; coloured nets are not supported yet"
      ])
  }

  @Test func `WoPeD's sub-processes are refused by that name`() throws {
    let error = try #require(throws: Diagnostics.self) { try SharedNets.read("woped/Subprocesses.pnml") }
    #expect(error.errors.first?.message.description == "sub-processes are not supported yet")
  }

  @Test(
    arguments: SharedNets.files(in: "tina") + SharedNets.files(in: "lola")
      + SharedNets.files(in: "small").filter { !$0.hasSuffix(".pnml") })
  func `a net in words is read`(_ path: String) throws {
    let file = try SharedNets.read(path)
    #expect(file.format == (path.hasSuffix(".net") ? .tina : .lola))
    #expect(!file.net.arcs.isEmpty)
  }
}

/// What is known of a net.
struct Answer: Sendable, CustomTestStringConvertible {
  let path: String
  let places: Int
  let transitions: Int
  let arcs: Int
  let tokens: Int?

  var testDescription: String { path }
}

/// The folder of nets.
enum SharedNets {
  static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["PTFLOW_SHARED"] {
      return URL(fileURLWithPath: path).appendingPathComponent("nets")
    }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root.appendingPathComponent("shared/nets")
  }

  static var exist: Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("mcc").path) }

  static func files(in group: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(group).path)) ?? []
    return files.filter { !$0.hasSuffix(".csv") && !$0.hasSuffix(".schema.json") }.sorted().map { "\(group)/\($0)" }
  }

  static func read(_ path: String) throws -> NetFile {
    let bytes = try Data(contentsOf: folder.appendingPathComponent(path))
    return try readNet(SourceFile(name: path, bytes: Array(bytes)), name: "net")
  }

  static func format(of path: String) -> NetFormat {
    path.hasPrefix("ptflow/") ? .pflow : path.hasSuffix(".pnml") ? .pnml : .pipe
  }

  static let coloured = [
    "pipe/Accident___Emergency_Unit_Coloured.xml", "pipe/Coloured_Reader_Writer.xml",
    "pipe/Dual_Processor_With_Colour.xml",
  ]

  static var answers: [Answer] {
    answers(in: "answers.csv", prefix: "", firstCount: 1, tokens: 4).filter { !$0.path.hasSuffix("Subprocesses.pnml") }
      + answers(in: "mcc/answers.csv", prefix: "mcc/", firstCount: 2, tokens: nil)
  }

  private static func answers(in file: String, prefix: String, firstCount: Int, tokens: Int?) -> [Answer] {
    let text = (try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard let places = Int(fields[firstCount]), let transitions = Int(fields[firstCount + 1]),
        let arcs = Int(fields[firstCount + 2])
      else { return nil }
      let path = prefix + fields[0]
      return Answer(
        path: path, places: places, transitions: transitions, arcs: arcs, tokens: tokens.flatMap { Int(fields[$0]) })
    }
  }
}
