import Diagnostics
import JSON
import JSONSchema
import PetriNet

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
      throw UnreadableJSON(
        Diagnostics(error.all.map { Diagnostic($0, at: file.source.location(ofByte: $0.offset)) }), file.source)
    }
  }
}
