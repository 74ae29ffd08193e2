public import Diagnostics

/// A net of the native format in the one layout that there is (docs/language.md): its words, its order and its comments
/// stay, and what it means.
///
/// - Parameter source: the file; whether its net is sound does not matter.
/// - Returns: the text of the file. The same again gives the same.
/// - Throws: why the file cannot be read.
public func formatted(_ source: SourceFile) throws(Diagnostics) -> String {
  guard let document = try content(of: source) as? YAMLDocument else {
    throw Diagnostics([Diagnostic(.error, .notNative, at: source.location(ofByte: source.firstCharacter))])
  }
  guard document.problems.isEmpty else { throw Diagnostics(document.problems) }
  do throws(Diagnostic) {
    let layout = try readLayout(source)
    let text = LayoutPrinter.text(of: layout)
    let again = SourceFile(name: source.name, text: text)
    guard let copy = try? readYAML(again), copy.root.isSame(as: document.root), copy.problems.isEmpty,
      try readLayout(again).comments == layout.comments
    else { throw Diagnostic(.error, .notKept, at: document.location(of: document.root)) }
    return text
  } catch {
    throw Diagnostics([error])
  }
}

extension YAMLNode {
  /// Whether both say the same, wherever it stands.
  fileprivate func isSame(as other: YAMLNode) -> Bool {
    switch (value, other.value) {
    case (.scalar(let one), .scalar(let two)): one.isSame(as: two)
    case (.sequence(let one), .sequence(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let one), .mapping(let two)):
      one.count == two.count && zip(one, two).allSatisfy { $0.key.isSame(as: $1.key) && $0.node.isSame(as: $1.node) }
    default: false
    }
  }
}

extension YAMLScalar {
  fileprivate func isSame(as other: YAMLScalar) -> Bool {
    isPlain == other.isPlain && text.utf8.elementsEqual(other.text.utf8)
  }
}

extension Diagnostic.Message {
  fileprivate static let notNative = Self(
    "this is no net of the format .ptflow.yaml, the only one that is laid out anew",
    hint: "ptflow convert FILE NAME.ptflow.yaml writes it in that format")

  fileprivate static let notKept = Self(
    "this file cannot be laid out anew without changing what it says, so it is left as it is",
    hint: "write texts of several lines and keys behind ? otherwise, and please report the file")
}
