import Diagnostics
import NetFormats
import Testing

/// Reading takes linear time; one quadratic step would take minutes here.
@Suite(.serialized) struct LargeFilesTests {
  @Test(.timeLimit(.minutes(5)), arguments: ["native", "tina", "lola", "pflowXYZ", "tapaal", "bitwrap", "pureBPMN"])
  func `a hundred thousand nodes in other formats are read in seconds`(_ format: String) {
    let numbers = 0..<33_000
    func many(_ element: (Int) -> String, _ separator: String = ",") -> String {
      numbers.map(element).joined(separator: separator)
    }
    let text =
      switch format {
      case "native":
        "places:\n" + many({ "  ä\($0): {start: 1, capacity: 2}" }, "\n") + "\ntransitions:\n"
          + many({ "  t\($0): {takes: ä\($0), gives: [q\($0)]}" }, "\n")
      case "tina": many({ "tr t\($0) p\($0) -> q\($0)" }, "\n")
      case "lola":
        "PLACE \(many { "p\($0), q\($0)" }); MARKING; "
          + many({ "TRANSITION t\($0) CONSUME p\($0); PRODUCE q\($0);" }, " ")
      case "tapaal":
        "<pnml><net>"
          + many(
            {
              "<place id='p\($0)' initialMarking='1'/><transition id='t\($0)'/><arc source='p\($0)' target='t\($0)'/>"
            }, "") + "</net></pnml>"
      case "bitwrap":
        "{\"places\":{\(many { "\"p\($0)\":{\"offset\":\($0)}" })},\"transitions\":{\"t\":{\"delta\":[\(many { _ in "1" })]}}}"
      case "pureBPMN":
        "[model]\nkeys=\(many { "m\($0)" })\n" + many({ "[model_m\($0)]\nOnSuccess=m0" }, "\n")
      default:
        "{\"places\":{\(many { "\"p\($0)\":{}" })},\"transitions\":{\(many { "\"t\($0)\":{}" })},"
          + "\"arcs\":[\(many { "{\"source\":\"p\($0)\",\"target\":\"t\($0)\"}" })]}"
      }
    let reading = Reading(text)
    #expect(reading.file.map { "\($0.format)" } == format, "\(reading.told.prefix(1000))")
    #expect(reading.places.count >= numbers.count)
  }

  @Test(.timeLimit(.minutes(5)), arguments: LargeFile.allCases)
  func `a hundred thousand elements on one line are read in seconds`(_ file: LargeFile) {
    let text = "<pnml><net>\(file.elements)</net></pnml>"
    let reading = Reading(text)
    #expect(reading.told.utf8.count < 100_000)
    #expect(reading.diagnostics.hasErrors != file.isNet)
  }
}

/// A net of machine size, or an attempt to keep a reader busy.
enum LargeFile: String, CaseIterable {
  case nets, umlauts, wrongArcs, chain, idTwice, sharedNames, parallelArcs, unknownElements, colours, elementsTwice

  var isNet: Bool {
    switch self {
    case .nets, .umlauts, .chain, .sharedNames, .parallelArcs: true
    case .wrongArcs, .idTwice, .unknownElements, .colours, .elementsTwice: false
    }
  }

  private func many(_ element: (Int) -> String) -> String { (0..<33_000).map(element).joined() }

  var elements: String {
    switch self {
    case .nets:
      many {
        "<place id=\"p\($0)\"/><transition id=\"t\($0)\"/><arc id=\"a\($0)\" source=\"p\($0)\" target=\"t\($0)\"/>"
      }
    case .umlauts:
      many { "<place id=\"ü\($0)\"/><transition id=\"t\($0)\"/><arc source=\"ü\($0)\" target=\"t\($0)\"/>" }
    case .wrongArcs: many { "<place id=\"place\($0)\"/><arc source=\"plcae\($0)\" target=\"tt\($0)\"/>" }
    case .chain: many { "<referencePlace id=\"r\($0)\" ref=\"r\($0 + 1)\"/>" } + "<place id=\"r33000\"/>"
    case .idTwice: many { _ in "<place id=\"p\"/>" }
    case .sharedNames: many { "<place id=\"p\($0)\"><name><text>x</text></name></place>" }
    case .parallelArcs:
      "<place id=\"p\"/><transition id=\"t\"/>" + many { _ in "<arc id=\"a\" source=\"p\" target=\"t\"/>" }
    case .unknownElements: many { _ in "<ring/>" }
    case .colours:
      "<token/>" + many { "<place id=\"p\($0)\"><initialMarking><value>c\($0),1</value></initialMarking></place>" }
    case .elementsTwice:
      "<place id=\"p\">" + many { _ in "<toolspecific/>" } + many { _ in "<name/>" } + "</place>"
    }
  }
}
