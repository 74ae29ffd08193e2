import Diagnostics
import Foundation
import JSON

/// A file that holds a value of JSON.
struct JSONFile {
  let source: SourceFile
  let root: JSONNode

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - title: what it is, in a sentence: `the schema`.
  ///   - deepest: how deep objects and arrays may nest.
  /// - Throws: why there is no value.
  init(path: String, title: String, deepest: Int) throws(UnreadableJSON) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnreadableJSON(
        Diagnostics([
          Diagnostic(
            .error, Diagnostic.Message("the file cannot be read", hint: "It must be a regular file that you may read."),
            at: SourceLocation(file: path))
        ]), nil)
    }
    source = SourceFile(name: path, bytes: Array(data))
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      throw UnreadableJSON(JSONFault(offset: 0, message: "\(title) is not UTF-8"), source)
    }
    do throws(JSONFault) {
      root = try parseJSON(source.bytes, title: title, deepest: deepest, allowsZero: true)
    } catch {
      throw UnreadableJSON(error, source)
    }
  }

  /// The value.
  ///
  /// - Throws: which number is too large.
  var document: Document {
    get throws(UnreadableJSON) {
      do throws(JSONFault) {
        return try Document(root)
      } catch {
        throw UnreadableJSON(error, source)
      }
    }
  }
}

/// Why a file does not hold what it should.
struct UnreadableJSON: Reportable {
  let diagnostics: Diagnostics
  private let source: SourceFile?

  init(_ diagnostics: Diagnostics, _ source: SourceFile?) {
    self.diagnostics = diagnostics
    self.source = source
  }

  /// What keeps a text from being JSON.
  init(_ fault: JSONFault, _ source: SourceFile) {
    self.init(
      Diagnostics([
        Diagnostic(.error, Diagnostic.Message(fault.message), at: source.location(ofByte: fault.offset))
      ]), source)
  }

  /// What is wrong, for people.
  var words: Words { Words(diagnostics, in: source) }

  /// The same for programs.
  var jsonValue: JSONValue {
    [
      "message": "the file does not hold what it should", "diagnostics": .array(diagnostics.all.map(\.jsonValue)),
    ]
  }

  var exitStatus: ExitStatus { .usage }
}
