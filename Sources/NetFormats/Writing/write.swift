public import Diagnostics
public import PetriNet

/// A net as the text of a file.
public struct WrittenNet: Hashable, Sendable {
  /// What the file holds.
  public let text: String
  /// The lines of the net's canonical form, and what its author says of it, that the file does not say.
  public let lost: [String]
}

extension NetFormat {
  /// Writes a net in this format, and reads it again to see what is left of it.
  ///
  /// - Returns: the text, and what it does not say; nil when the format is read only.
  /// - Throws: what keeps the text from being read: a name that the format cannot have, for example.
  public func write(_ net: Net) throws(Diagnostics) -> WrittenNet? {
    guard let text = text(of: net) else { return nil }
    let file = try readNet(SourceFile(name: net.name, text: text), name: net.name)
    let kept = Set(file.net.canonicalLines + file.net.specification.lines)
    let lines = net.canonicalLines + net.specification.lines
    return WrittenNet(text: text, lost: lines.filter { !kept.contains($0) })
  }

  /// The text of a net, without what the format cannot say; nil when the format is read only.
  private func text(of net: Net) -> String? {
    switch self {
    case .native: nativeFile(of: net)
    case .pflow: pflowFile(of: net)
    case .pnml: pnmlFile(of: net)
    case .tina: tinaFile(of: net)
    case .lola: lolaFile(of: net)
    case .pflowXYZ: pflowXYZFile(of: net)
    case .tapaal, .pipe, .bitwrap, .petriPilot, .pureBPMN: nil
    }
  }
}
