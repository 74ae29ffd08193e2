import Diagnostics
import Foundation
import JSON
import JSONSchema

/// The file of a schema.
struct SchemaFile {
  let schema: Schema

  /// Reads a file.
  ///
  /// - Throws: an `UncompilableSchema`.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UncompilableSchema(
        Diagnostics([Diagnostic(.error, "the file cannot be read", at: SourceLocation(file: path))]), nil)
    }
    let source = SourceFile(name: path, bytes: Array(data))
    do {
      schema = try Schema(
        parseJSON(source.bytes, title: "the schema", deepest: Schema.deepestText, allowsZero: true))
    } catch let fault as JSONFault {
      throw UncompilableSchema(Diagnostics([Diagnostic(fault, in: source)]), source)
    } catch let refusals as SchemaRefusals {
      throw UncompilableSchema(Diagnostics(refusals.all.map { Diagnostic($0, in: source) }), source)
    }
  }
}

/// A schema that cannot be compiled.
struct UncompilableSchema: Reportable {
  private let diagnostics: Diagnostics
  private let source: SourceFile?

  init(_ diagnostics: Diagnostics, _ source: SourceFile?) {
    self.diagnostics = diagnostics
    self.source = source
  }

  /// All that keeps it from being compiled, for people.
  var words: Words { Words(diagnostics, in: source) }

  /// The same for programs.
  var jsonValue: JSONValue {
    ["message": "the schema cannot be compiled", "diagnostics": .array(diagnostics.all.map(\.jsonValue))]
  }

  var exitStatus: ExitStatus { .usage }
}

extension Diagnostic {
  /// What keeps a file from being JSON.
  init(_ fault: JSONFault, in source: SourceFile) {
    self.init(
      .error, Message("this is not JSON: \(fault.message)"), at: source.location(ofByte: fault.offset))
  }

  /// What keeps a schema from being compiled.
  fileprivate init(_ refusal: SchemaRefusal, in source: SourceFile) {
    let place = refusal.pointer.isEmpty ? "the schema" : refusal.pointer
    self.init(
      .error, Message("\(place): \(refusal.message)", hint: refusal.hint),
      at: source.location(ofByte: refusal.offset))
  }
}
