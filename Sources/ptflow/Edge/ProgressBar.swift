import Foundation

/// Shows how far long work is: a bar that is drawn again on a terminal, nothing otherwise, where the result says all.
struct ProgressBar {
  private let total: Int
  private let label: String
  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  private var done = 0

  init(total: Int, label: String) {
    self.total = total
    self.label = label
  }

  /// Shows that another part has begun.
  mutating func advance(_ part: String) {
    done += 1
    guard isTerminal, total > 1 else { return }
    let width = 24
    let filled = done * width / max(total, 1)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    write("\r\u{1b}[K\(label) [\(bar)] \(done)/\(total) \(part)")
  }

  /// Takes the bar away.
  mutating func finish() {
    if isTerminal, total > 1 { write("\r\u{1b}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
