import Diagnostics
import NetFormats
import Testing

/// The reader of the native format takes linear time, whatever a file holds.
@Suite(.serialized) struct LargeNativeFilesTests {
  @Test(.timeLimit(.minutes(5)), arguments: LargeNativeFile.allCases)
  func `a file of machine size is read in seconds`(_ file: LargeNativeFile) {
    let text = file.text
    let reading = Reading(text, name: "large.ptflow.yaml")
    #expect(reading.told.utf8.count < 100_000)
    #expect(reading.diagnostics.hasErrors != file.isNet)
  }
}

/// A net that a machine wrote, or an attempt to keep the reader busy.
enum LargeNativeFile: String, CaseIterable {
  case unknownKeys, oneKey, slips, wrongWeights, longList, repeatedName, loops, oneLoop, anchors, braces, comments
  case longLine

  var isNet: Bool {
    switch self {
    case .slips, .longList, .repeatedName, .loops, .oneLoop, .braces, .comments, .longLine: true
    case .unknownKeys, .oneKey, .wrongWeights, .anchors: false
    }
  }

  private func many(_ element: (Int) -> String) -> String { (0..<33_000).map(element).joined(separator: "\n") }

  var text: String {
    switch self {
    case .unknownKeys: return many { "x\($0): 1" }
    case .oneKey: return many { _ in "places: {}" }
    case .slips:
      return "places:\n" + many { "  place\($0):" } + "\ntransitions:\n" + many { "  t\($0): {takes: plcae\($0)}" }
    case .wrongWeights: return "transitions:\n  t:\n    takes:\n" + many { "      p\($0): x" }
    case .longList: return "transitions: {t: {takes: [" + many { "p\($0)," } + "]}}"
    case .repeatedName: return "transitions: {t: {takes: [" + many { _ in "p," } + "]}}"
    case .loops: return "places:\n" + many { "  \"a\($0)_{x}\": {for: {x: 1..2}}" }
    case .oneLoop: return "places: {\"a{x}_{y}\": {for: {x: 1..300, y: 1..300}}}"
    case .anchors: return "places:\n" + many { "  a\($0): &a\($0) 1" }
    case .braces: return "transitions: {t: {takes: \"" + String(repeating: "{{", count: 100_000) + "\"}}"
    case .comments: return many { "# \($0)" } + "\nplaces: {a: 1}"
    case .longLine: return "places: {a: 1}\nnet: " + String(repeating: "a", count: 5_000_000)
    }
  }
}
