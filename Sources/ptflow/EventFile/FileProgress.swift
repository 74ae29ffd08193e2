/// Shows how far a file is stored: a bar on a terminal, where its size is known, and a line every hundred thousand lines
/// otherwise.
struct FileProgress {
  private let name: String
  private var bar: ProgressBar?
  private var hundredThousands = 0

  /// The progress through a file.
  init(_ file: EventFile) {
    name = file.name
    if ProgressBar.canBeSeen { bar = file.size.map { ProgressBar(total: $0, label: "storing") } }
  }

  /// Shows that so many bytes are read and that all is stored up to a line.
  mutating func advance(to bytes: Int, line: Int) {
    bar?.advance(to: bytes, "line \(line)")
    guard bar == nil, line / 100_000 > hundredThousands else { return }
    hundredThousands = line / 100_000
    standardError("\(name): stored up to line \(line)")
  }

  /// Takes the bar away.
  mutating func finish() { bar?.finish() }
}
