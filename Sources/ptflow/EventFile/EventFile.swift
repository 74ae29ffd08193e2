import Foundation

/// A file of events, or standard input, read piece by piece.
final class EventFile {
  /// As the user gave it; `-` is standard input.
  let path: String
  /// How many bytes it holds; nil when nobody knows, as with a pipe.
  let size: Int?
  private let descriptor: Int32

  /// Opens a file.
  init(path: String) throws {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnreadableFile(path: path, errno) }
    var facts = stat()
    let isRegular = fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(facts.st_size) : nil
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// What it is called in messages.
  var name: String { path == "-" ? "<stdin>" : path }

  /// Reads what comes next, up to 64 KiB; nothing at the end.
  ///
  /// - Throws: an `UnreadableFile`, or an `Interrupted` when the user stopped the program meanwhile.
  func nextPiece() throws -> [UInt8] {
    let capacity = 1 << 16
    while true {
      if Interruption.isAskedFor { throw Interrupted() }
      var count = 0
      let piece = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
        count = read(descriptor, buffer.baseAddress, capacity)
        initialized = max(count, 0)
      }
      if count >= 0 { return piece }
      guard errno == EINTR else { throw UnreadableFile(path: name, errno) }
    }
  }
}

/// A file that cannot be read.
struct UnreadableFile: Reportable, CustomStringConvertible {
  let path: String
  private let reason: String

  /// A file that the system refuses.
  init(path: String, _ code: Int32) {
    self.path = path
    reason = String(cString: strerror(code))
  }

  /// What is wrong, for people.
  var description: String { "cannot read \(path): \(reason)" }
}
