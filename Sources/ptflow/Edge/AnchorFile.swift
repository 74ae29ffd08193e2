import Chain
import Foundation

/// An anchor as a file: a line with its root, then a line for each instance. The root is what gets published; the file
/// is kept, to make proofs and to see what has changed since.
struct AnchorFile {
  /// The first line.
  struct Header: Codable {
    let root: String
    let instances: Int
    let at: String
  }

  let header: Header
  let heads: [Head]

  init(_ heads: [Head], at time: Date) {
    header = Header(
      root: "\(MerkleTree(heads).root)", instances: heads.count, at: time.formatted(.iso8601))
    self.heads = heads
  }

  /// Reads the file, and makes sure that its root is the one of its lines.
  init(path: String) throws {
    guard let text = FileManager.default.contents(atPath: path) else {
      throw UnusableAnchor(path: path, reason: "the file cannot be read")
    }
    do {
      var lines = text.split(separator: UInt8(ascii: "\n"))[...]
      let decoder = JSONDecoder()
      header = try decoder.decode(Header.self, from: lines.popFirst() ?? Data())
      heads = try lines.map { try decoder.decode(Head.self, from: $0) }
    } catch {
      throw UnusableAnchor(path: path, reason: "not a file written by ptflow anchor -o")
    }
    guard "\(MerkleTree(heads).root)" == header.root else {
      throw UnusableAnchor(path: path, reason: "its root does not match its lines: the file was changed")
    }
  }

  /// The file's text.
  var data: Data {
    var lines = [
      JSONValue.object([
        ("root", .string(header.root)), ("instances", .number(header.instances)), ("at", .string(header.at)),
      ])
    ]
    lines += heads.map { head in
      ["net": .string(head.net), "id": .string(head.id), "seq": .number(head.seq), "hash": .string(head.hash)]
    }
    return Data(lines.map { $0.text + "\n" }.joined().utf8)
  }
}

/// An anchor or a proof that cannot be used.
struct UnusableAnchor: Reportable, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path): \(reason)" }
}
