import Diagnostics
import Foundation
import NetFormats
import PetriNet
import Testing

/// A net of the Model Checking Contest with what is known of its structure.
struct ContestNet: Sendable, CustomTestStringConvertible {
  let model: String
  let file: String
  let url: URL
  let ordinary: Bool
  let freeChoice: Bool
  let extendedFreeChoice: Bool
  let stateMachine: Bool
  let markedGraph: Bool
  let stronglyConnected: Bool
  let conservative: Bool
  let subconservative: Bool
  let deadlock: Bool
  let live: Bool
  let isCore: Bool
  let deadTransitions: Int

  var testDescription: String { file }

  /// The folder of the contest's nets.
  private static let folder: URL = {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared = ProcessInfo.processInfo.environment["PTFLOW_SHARED"].map { URL(fileURLWithPath: $0) }
    return (shared ?? repository.deletingLastPathComponent().appending(path: "shared")).appending(path: "nets/mcc")
  }()

  /// Reads the net.
  func net() throws -> Net {
    try readNet(SourceFile(name: file, bytes: Array(try Data(contentsOf: url))), name: file).net
  }

  /// The rows of a table of answers, each by the names of its columns; none when the folder is absent.
  static func table(_ name: String) -> [[String: String]] {
    guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else { return [] }
    let rows = text.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = rows.first else { return [] }
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
  }

  static let all: [ContestNet] = {
    table("answers.csv").map { cells in
      let file = cells["file"] ?? ""
      return ContestNet(
        model: cells["model"] ?? "", file: file, url: folder.appending(path: file),
        ordinary: cells["ordinary"] == "true",
        freeChoice: cells["simple_free_choice"] == "true", extendedFreeChoice: cells["extended_free_choice"] == "true",
        stateMachine: cells["state_machine"] == "true", markedGraph: cells["marked_graph"] == "true",
        stronglyConnected: cells["strongly_connected"] == "true", conservative: cells["conservative"] == "true",
        subconservative: cells["subconservative"] == "true", deadlock: cells["deadlock"] == "TRUE",
        live: cells["live"] == "TRUE", isCore: cells["size"] == "core",
        deadTransitions: Int(cells["dead_transitions"] ?? "") ?? 0)
    }
  }()
}
