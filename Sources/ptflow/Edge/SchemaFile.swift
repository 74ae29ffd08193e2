import Diagnostics
import JSON
import JSONSchema

/// The file of a schema.
struct SchemaFile {
  let schema: Schema

  /// Reads a file.
  ///
  /// - Throws: all that keeps it from being compiled.
  init(path: String) throws(UnreadableJSON) {
    let file = try JSONFile(path: path, title: "the schema", deepest: Schema.deepestText)
    do throws(SchemaRefusals) {
      schema = try Schema(file.root)
    } catch {
      throw UnreadableJSON(Diagnostics(error.all.map { Diagnostic($0, in: file.source) }), file.source)
    }
  }
}

extension Diagnostic {
  /// What keeps a schema from being compiled.
  fileprivate init(_ refusal: SchemaRefusal, in source: SourceFile) {
    let place = refusal.pointer.isEmpty ? "the schema" : refusal.pointer
    self.init(
      .error, Message("\(place): \(refusal.message)", hint: refusal.hint),
      at: source.location(ofByte: refusal.offset))
  }
}
