import Diagnostics
import NetFormats
import PetriNet

/// What reading a small file gave: the net's own lines, or the diagnostics as they are printed.
struct Reading {
  let file: NetFile?
  let diagnostics: Diagnostics
  let source: SourceFile

  init(_ text: String, name: String = "net.xml") {
    self.init(SourceFile(name: name, text: text))
  }

  init(bytes: [UInt8], name: String = "net.xml") {
    self.init(SourceFile(name: name, bytes: bytes))
  }

  init(_ source: SourceFile) {
    self.source = source
    do throws(Diagnostics) {
      let file = try readNet(source, name: "net")
      (self.file, diagnostics) = (file, file.warnings)
    } catch {
      (file, diagnostics) = (nil, error)
    }
  }

  /// The net as lines, sorted; empty when there is none.
  var net: String { file?.net.canonicalLines.joined(separator: "\n") ?? "" }

  /// All that was told, as it is printed.
  var told: String { diagnostics.rendered(in: source) }

  /// Only the heads of what was told, without the lines of the file.
  var heads: [String] {
    diagnostics.all.map { "\($0.location.line):\($0.location.column): \($0.severity): \($0.message)" }
  }

  /// The names of the places, in their order.
  var places: [String] { file?.net.places.map(\.name) ?? [] }

  /// The names of the transitions, in their order.
  var transitions: [String] { file?.net.transitions.map(\.name) ?? [] }
}
