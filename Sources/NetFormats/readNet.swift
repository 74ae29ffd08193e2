public import Diagnostics
import PetriNet

/// Reads a net from a file in any of the formats, which it finds out by itself.
///
/// - Parameters:
///   - source: the file; nothing else is opened.
///   - name: the name of the net, which the caller takes from the name of the file.
/// - Returns: the net, what the file was taken for, and the warnings.
/// - Throws: every mistake of the file, and with them the warnings, in the order of the file.
public func readNet(_ source: SourceFile, name: String) throws(Diagnostics) -> NetFile {
  try sniff(source)
  let document = try readXML(source)
  let format = try NetFormat(of: document)
  var findings = Findings()
  let draft =
    switch format {
    case .pflow: readPFlow(document, &findings)
    case .pnml: readPNML(document, &findings)
    case .pipe: readPIPE(document, &findings)
    }
  let net = draft.net(name: name, &findings)
  let diagnostics = findings.diagnostics
  guard let net, !diagnostics.hasErrors else { throw diagnostics }
  return NetFile(net: net, format: format, warnings: diagnostics)
}
