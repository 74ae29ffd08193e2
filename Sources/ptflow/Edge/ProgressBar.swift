import Diagnostics
import Foundation

/// Shows how far long work is: a bar that is drawn again on a terminal, and the lines of a `Ticker` elsewhere.
struct ProgressBar {
  private let total: Int
  private let label: String
  private let isTerminal = ProgressBar.canBeSeen
  private let start = ContinuousClock.now
  private let ticker: Ticker
  private var done = 0

  /// Whether there is a terminal to draw on.
  static var canBeSeen: Bool { isatty(FileHandle.standardError.fileDescriptor) == 1 }

  init(total: Int, label: String) {
    self.total = total
    self.label = label
    ticker = Ticker(label)
  }

  /// Shows that another part has begun.
  mutating func advance(_ part: String) {
    done += 1
    draw("\(done)/\(total) \(part)")
  }

  /// Shows that so much is done; a file may have grown meanwhile.
  mutating func advance(to done: Int, _ part: String) {
    self.done = min(done, total)
    draw("\(Int(Double(self.done) / Double(max(total, 1)) * 100))% \(part)")
  }

  /// Takes the bar away.
  mutating func finish() {
    if isTerminal, total > 1 { write("\r\u{1b}[K") }
  }

  private func draw(_ figures: String) {
    guard total > 1 else { return }
    guard isTerminal else { return ticker.show(figures, at: (ContinuousClock.now - start) / .seconds(1)) }
    let width = 24
    let filled = Int(Double(done) / Double(total) * Double(width))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    write("\r\u{1b}[K\(printable("\(label) [\(bar)] \(figures)"))")
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
