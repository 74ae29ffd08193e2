import Diagnostics
import Foundation

/// Tells how far long work is, without an end known beforehand: one line that changes on a terminal, elsewhere a line
/// after two seconds, and another one whenever the time has doubled.
final class Ticker {
  private let subject: String
  private let isTerminal = ProgressBar.canBeSeen
  private var isDrawn = false
  private var next: Double

  init(_ subject: String) {
    self.subject = subject
    next = isTerminal ? 0.7 : 2
  }

  deinit {
    if isTerminal, isDrawn { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
  }

  /// Shows it, when the last time was a while ago. Short work shows nothing.
  func show(_ words: String, at seconds: Double) {
    guard seconds >= next else { return }
    isDrawn = true
    next = isTerminal ? seconds + 0.2 : 2 * seconds
    let line = printable("\(subject): \(words), \(Int(seconds)) s")
    FileHandle.standardError.write(Data((isTerminal ? "\r\u{1b}[K\(line)" : "\(line)\n").utf8))
  }
}
