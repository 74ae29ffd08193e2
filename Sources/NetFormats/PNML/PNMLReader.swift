import Diagnostics
import PetriNet

/// Reads PNML: pages inside pages, and nodes that stand for nodes of other pages.
struct PNMLReader: NetReader {
  let document: XMLDocument
  var findings: Findings
  var draft = Draft()
  /// Where the file first says that tokens have colours, and how.
  var coloured: XMLElement?
  /// Where the file first says when transitions fire.
  var timed: XMLElement?
  /// How often each id of an arc came so far.
  var arcIDs: [String: Int] = [:]
  /// Arcs whose id another one has. WoPeD writes such files, and since nothing names an arc they mean what they say.
  var arcsTwice: [Name] = []
  /// Transitions that WoPeD fires when a message comes, or at some time.
  var triggered: [Name] = []
  /// Transitions that ProM and pm4py fire without an event.
  var silent: [Name] = []
  private var hasSubprocess = false

  /// The namespace of the standard.
  static let standard = "http://www.pnml.org/version-2009/grammar/pnml"

  static func recognises(_ document: XMLDocument) -> Bool { document.root.name == "pnml" }

  init(_ document: XMLDocument, _ findings: Findings) {
    self.document = document
    self.findings = findings
    draft.naming = .uniqueLabel
  }

  mutating func read() {
    let nets = document.root.all("net")
    guard let net = nets.first else {
      return findings.error(.noNet, at: document.location(of: document.root))
    }
    if nets.count > 1 { findings.error(.nets(nets.count), at: document.location(of: nets[1])) }
    guard accepts(type: net[attribute: "type"]?.trimmed ?? "", at: document.location(of: net)) else { return }
    findings.check(document.root, .pnml, document)
    draft.location = document.location(of: net)
    draft.title = net.first("name")?.label
    read(objectsOf: net)
    read(rolesOf: net)
    if let coloured { findings.error(.coloured(coloured.name), at: document.location(of: coloured)) }
    if let first = arcsTwice.first {
      findings.note(.arcsTwice(arcsTwice.map { quoted($0.id) }), at: first.location)
    }
    if let first = triggered.first {
      findings.note(.triggered(listed(triggered.map { quoted($0.id) })), at: first.location)
    }
    if let first = silent.first {
      findings.note(.silent(listed(silent.map { quoted($0.id) })), at: first.location)
    }
    if let timed { findings.warn(.timed(timed.name), at: document.location(of: timed)) }
  }

  /// Whether a net of this type can be read; the last word of the type decides, since its path changed often.
  private mutating func accepts(type: String, at location: SourceLocation) -> Bool {
    let word = type.split(separator: "/").last.map(String.init) ?? ""
    switch word.lowercased() {
    case "ptnet", "ptnetb", "pnmlcoremodel", "ptnet.pntd", "epnml1.1", "stnet", "":
      return true
    case "symmetricnet":
      findings.error(.colouredType("a symmetric net"), at: location)
    case "highlevelnet", "hlpn", "hlnet":
      findings.error(.colouredType("a high-level net"), at: location)
    case "pt-hlpng":
      findings.error(.colouredType("a P/T net written as a high-level net"), at: location)
    default:
      findings.warn(.unknownType(type), at: location)
      return true
    }
    return false
  }

  /// Reads a net or a page. Pages are no deeper than the elements of a file may be.
  private mutating func read(objectsOf element: XMLElement) {
    for child in element.children {
      switch child.name {
      case "place": read(place: child)
      case "transition": read(transition: child)
      case "arc", "inputArc", "outputArc", "inhibitorArc": read(arc: child)
      case "referencePlace": read(reference: child, .place)
      case "referenceTransition": read(reference: child, .transition)
      case "page": read(objectsOf: child)
      case "declaration", "declarations": coloured = coloured ?? child
      case "finalmarkings": read(finalMarkings: child)
      case "net":
        if !hasSubprocess { findings.error(.subprocess, at: document.location(of: child)) }
        hasSubprocess = true
      default: continue
      }
    }
  }
}

extension XMLElement {
  /// The words of a label of PNML, which stand in `text`; old tools write `value`, and some the words alone.
  var label: String? { labelElement.words }

  /// Where the words of a label stand.
  var labelElement: XMLElement { first("text") ?? first("value") ?? self }
}

extension Diagnostic.Message {
  static let noNet = Self("<pnml> holds no <net>", hint: "the file has nothing to read")

  static func nets(_ count: Int) -> Self {
    Self("the file holds \(count) nets; this is the second", hint: "save each in a file of its own")
  }

  fileprivate static func colouredType(_ type: String) -> Self {
    Self("this is \(type); coloured nets are not supported yet", hint: "unfold it to a P/T net and read that")
  }

  static func coloured(_ element: String) -> Self {
    Self(
      "<\(element)> belongs to coloured nets, which are not supported yet",
      hint: "unfold the net to a P/T net and read that")
  }

  fileprivate static func timed(_ element: String) -> Self {
    Self("<\(element)> says when transitions fire; time is not kept", hint: "transitions fire when they are called")
  }

  fileprivate static func triggered(_ transitions: String) -> Self {
    Self("messages and times that trigger transitions are not kept: \(transitions)", hint: "call them when it is time")
  }

  fileprivate static func silent(_ transitions: String) -> Self {
    Self("silent transitions fire when they are called, as all others: \(transitions)")
  }

  fileprivate static func unknownType(_ type: String) -> Self {
    Self("the net has the type \(quoted(type)), which is not known; it is read as a P/T net")
  }

  fileprivate static let subprocess = Self(
    "sub-processes are not supported yet", hint: "put the places and transitions of the sub-process into the net")
}
