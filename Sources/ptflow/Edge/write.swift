import Foundation

/// Writes a file, wholly or not at all.
func write(_ data: Data, to path: String) throws {
  do {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw UnwritableFile(path: path)
  }
}
