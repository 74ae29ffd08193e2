import Chain
import Diagnostics
import Foundation

extension AnchoredHeads {
  /// An anchor that is made now.
  init(_ heads: [Head]) {
    self.init(heads, at: Date().formatted(.iso8601))
  }

  /// Reads the file of an anchor.
  ///
  /// - Throws: an `UnusableAnchor`.
  init(path: String) throws {
    self = try readAnchor(path) { source throws(Diagnostics) in try AnchoredHeads(source) }
  }

  /// The file's text.
  var data: Data {
    get throws {
      var data = try documentEncoder.encode(header) + Data("\n".utf8)
      for head in heads { data += try documentEncoder.encode(head) + Data("\n".utf8) }
      return data
    }
  }
}

extension Proof {
  /// Reads the file of a proof.
  ///
  /// - Throws: an `UnusableAnchor`.
  init(path: String) throws {
    self = try readAnchor(path) { source throws(Diagnostics) in try Proof(source) }
  }

  /// The file's text.
  var data: Data {
    get throws { try documentEncoder.encode(self) + Data("\n".utf8) }
  }
}

/// Reads a file strictly.
private func readAnchor<Document>(
  _ path: String, _ read: (SourceFile) throws(Diagnostics) -> Document
) throws -> Document {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw UnusableAnchor(path: path, reason: "the file cannot be read")
  }
  do {
    return try read(SourceFile(name: path, bytes: Array(data)))
  } catch {
    throw UnusableAnchor(error)
  }
}

/// The same document gives the same bytes.
private let documentEncoder = {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return encoder
}()

/// An anchor or a proof that cannot be used.
struct UnusableAnchor: Reportable, CustomStringConvertible {
  let location: SourceLocation
  let message: Diagnostic.Message

  init(path: String, reason: String) {
    location = SourceLocation(file: path)
    message = Diagnostic.Message(reason)
  }

  /// What is wrong with the text of one.
  init(_ diagnostics: Diagnostics) {
    location = diagnostics.all.first?.location ?? .unknown
    message = diagnostics.all.first?.message ?? "it cannot be read"
  }

  var description: String { "\(location): \(message)" + (message.hint.map { "; \($0)" } ?? "") }
}
