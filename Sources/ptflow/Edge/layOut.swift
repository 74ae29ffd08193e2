import Foundation
import NetDrawing

/// Has Graphviz' dot find a layout.
///
/// - Throws: an `UnusableGraphviz`.
func layOut(_ picture: Picture) throws -> Layout {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  guard let program = folders.map({ "\($0)/dot" }).first(where: FileManager.default.isExecutableFile(atPath:)) else {
    throw UnusableGraphviz(
      reason: """
        the net has no positions, and Graphviz, which computes them, is not installed: install it (apt install \
        graphviz), or use --format mermaid
        """)
  }
  let process = Process()
  let (input, answer) = (Pipe(), Pipe())
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = ["-Tplain"]
  process.standardInput = input
  process.standardOutput = answer
  process.standardError = FileHandle.nullDevice
  do {
    try process.run()
    // It reads to the end before it writes anything.
    try input.fileHandleForWriting.write(contentsOf: Data(Layout.input(for: picture).utf8))
    try input.fileHandleForWriting.close()
  } catch {
    throw UnusableGraphviz(reason: "\(program) cannot be run: \(error.localizedDescription)")
  }
  let plain = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  guard process.terminationStatus == 0, let layout = Layout(plain: plain, of: picture) else {
    throw UnusableGraphviz(
      reason:
        "\(program) ended with \(process.terminationStatus) and no layout: use --format dot, and run dot on it to see why"
    )
  }
  return layout
}

/// Graphviz is needed and cannot be had.
struct UnusableGraphviz: Reportable, CustomStringConvertible {
  let reason: String

  /// What is wrong, for people.
  var description: String { reason }
}
