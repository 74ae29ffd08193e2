import Foundation

/// A file that is written piece by piece, or standard output.
struct OutputFile: ~Copyable {
  private let path: String
  private let handle: FileHandle
  private var buffer = Data()

  /// Opens a file, or standard output where there is no path.
  ///
  /// - Parameters:
  ///   - path: the file; nil for standard output.
  ///   - appending: whether what is there stays.
  /// - Throws: an `UnwritableFile`.
  init(path: String?, appending: Bool) throws {
    self.path = path ?? "<stdout>"
    guard let path else {
      handle = .standardOutput
      return
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC), 0o666)
    guard descriptor >= 0 else { throw UnwritableFile(path: path) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Adds text.
  mutating func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Gives everything to the system.
  mutating func flush() throws {
    do {
      try handle.write(contentsOf: buffer)
    } catch {
      throw UnwritableFile(path: path)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
