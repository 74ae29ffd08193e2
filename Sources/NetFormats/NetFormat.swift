import Diagnostics

/// A format in which a net can be drawn, told apart by what is in the file, because many share the extension `.xml`.
public enum NetFormat: String, Sendable, CaseIterable {
  /// PNEditor's `.pflow` and `.pflowx`.
  case pflow
  /// PNML as the standard has it, and as WoPeD, TINA, pm4py and ProM write it.
  case pnml
  /// PNML as PIPE and bitwrap write it.
  case pipe

  /// The format's name in a sentence.
  public var title: String {
    switch self {
    case .pflow: "PNEditor's .pflow"
    case .pnml: "PNML"
    case .pipe: "PIPE's PNML"
    }
  }
}

extension NetFormat {
  /// The namespace of the standard.
  static let standard = "http://www.pnml.org/version-2009/grammar/pnml"

  /// Looks at the outermost elements of a file.
  init(of document: XMLDocument) throws(Diagnostics) {
    let root = document.root
    if root.name == "document" {
      self = .pflow
    } else if root.name == "pnml" {
      if let name = Self.notReadYet(document) {
        throw Diagnostics([Diagnostic(.error, .notReadYet(name), at: document.location(of: root))])
      }
      self = Self.isPIPE(document) ? .pipe : .pnml
    } else {
      throw Diagnostics([Diagnostic(.error, .root(root.name), at: document.location(of: root))])
    }
  }

  /// PIPE calls its nets "P/T net", declares tokens, or keeps the text of a label in `value`.
  private static func isPIPE(_ document: XMLDocument) -> Bool {
    guard document.namespace != standard, let net = document.root.first("net") else { return false }
    if net[attribute: "type"] == "P/T net" { return true }
    for child in net.children {
      switch child.name {
      case "token", "labels", "definition", "stategroup": return true
      case "place", "transition", "arc":
        for label in child.children {
          if label.first("value") != nil { return true }
          if label.first("text") != nil { return false }
        }
      default: continue
      }
    }
    return false
  }

  /// TAPAAL's files are PNML by name, but keep in attributes what PNML keeps in labels.
  private static func notReadYet(_ document: XMLDocument) -> String? {
    let own = ["shared-place", "shared-transition", "constant", "queries", "k-bound"]
    let isTAPAAL =
      document.root.children.contains { own.contains($0.name) }
      || document.root.first("net")?.first("place")?[attribute: "initialMarking"] != nil
    return isTAPAAL ? "TAPAAL" : nil
  }
}

extension Diagnostic.Message {
  /// A file that begins with some other element.
  static func root(_ name: String) -> Self {
    let known = ["definitions": "BPMN", "workspaceElements": "CPN Tools", "Snoopy": "Snoopy", "PNBrowser": "PNBrowser"]
    if let program = known[name] { return notReadYet(program) }
    return Self("<\(clipped(name))> is not the beginning of a net", hint: whatIsRead)
  }
}
