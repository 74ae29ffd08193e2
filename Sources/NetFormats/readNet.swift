public import Diagnostics
import PetriNet

/// Reads a net from a file in any of the formats, which it finds out by itself.
///
/// - Parameters:
///   - source: the file; nothing else is opened.
///   - name: the name of the net where the file does not say it: the caller takes it from the name of the file.
/// - Returns: the net, what the file was taken for, and the warnings.
/// - Throws: every mistake of the file, and with them the warnings, in the order of the file.
public func readNet(_ source: SourceFile, name: String) throws(Diagnostics) -> NetFile {
  if let file = try readNetIfAny(source, name: name) { return file }
  throw Diagnostics([try content(of: source).unrecognised])
}

/// The same, or nil where the file is in none of the formats, though it can be read.
///
/// - Throws: every mistake of a file that is in one of them, and of one that is not even XML, JSON, YAML or text.
public func readNetIfAny(_ source: SourceFile, name: String) throws(Diagnostics) -> NetFile? {
  let content = try content(of: source)
  var findings = Findings()
  for format in NetFormat.allCases {
    guard let draft = format.reader.draft(of: content, &findings) else { continue }
    let net = draft.net(name: name, &findings)
    let diagnostics = findings.diagnostics
    guard let net, !diagnostics.hasErrors else { throw diagnostics }
    return NetFile(net: net, format: format, warnings: diagnostics)
  }
  return nil
}
