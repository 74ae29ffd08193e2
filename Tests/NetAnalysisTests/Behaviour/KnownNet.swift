import Diagnostics
import Foundation
import NetFormats
import PetriNet
import Testing

/// A net that other people drew, with what they found out about it. The nets are not part of this repository.
struct KnownNet: Sendable, CustomTestStringConvertible {
  let file: String
  let cells: [String: String]

  var testDescription: String { file }

  /// Those of the Model Checking Contest.
  static let contest = table("mcc/answers.csv", folder: "mcc/")
  /// PIPE's and WoPeD's.
  static let samples = table("answers.csv", folder: "")

  func net() throws -> Net {
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: file)))
    return try readNet(SourceFile(name: file, bytes: bytes), name: "net").net
  }

  func number(_ column: String) -> Int? { cells[column].flatMap { Int($0) } }

  func truth(_ column: String) -> Bool? {
    switch cells[column]?.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  private static let folder: URL = {
    var repository = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { repository.deleteLastPathComponent() }
    let shared = ProcessInfo.processInfo.environment["PTFLOW_SHARED"].map { URL(fileURLWithPath: $0) }
    return (shared ?? repository.deletingLastPathComponent().appending(path: "shared")).appending(path: "nets")
  }()

  private static func table(_ file: String, folder prefix: String) -> [KnownNet] {
    guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { return [] }
    let rows = text.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let head = rows.first else { return [] }
    return rows.dropFirst().map { row in
      let cells = Dictionary(uniqueKeysWithValues: zip(head, row))
      return KnownNet(file: prefix + (cells["file"] ?? ""), cells: cells)
    }
  }

  /// The maximum of each place of a contest's net, by name.
  static func placeMaxima(of model: String) -> [String: Int] {
    guard let text = try? String(contentsOf: folder.appending(path: "mcc/place_bounds.csv"), encoding: .utf8) else {
      return [:]
    }
    var maxima: [String: Int] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      if cells.count == 3, cells[0] == model { maxima[cells[1]] = Int(cells[2]) }
    }
    return maxima
  }
}
