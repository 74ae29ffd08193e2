import Foundation
import NetFormats

/// The example nets of this repository.
enum Examples {
  static let folder = repository.appending(path: "nets")

  static var files: [String] { names(in: folder).filter(NetFormat.isNet) }

  static var plays: [String] {
    names(in: folder.appending(path: "plays")).filter { $0.hasSuffix(".play") }
  }
}

/// The nets of the Model Checking Contest; they are no part of this repository.
enum ContestNets {
  static let absence = "there is no ../shared/nets beside the repository, and PTFLOW_SHARED is not set"

  static var folder: URL {
    let shared =
      ProcessInfo.processInfo.environment["PTFLOW_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? repository.deletingLastPathComponent().appending(path: "shared")
    return shared.appending(path: "nets/mcc")
  }

  static var exist: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Those with fewer places than 400.
  static var files: [String] {
    let table = (try? String(contentsOf: folder.appending(path: "answers.csv"), encoding: .utf8)) ?? ""
    return table.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let places = Int(fields[2]), places < 400 else { return nil }
      return String(fields[0])
    }
  }
}

private func names(in folder: URL) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
}
