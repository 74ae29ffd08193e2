import JSON
import JSONSchema
import Rules
import SQL

/// A schema, and behind an empty line a document: the schema is refused by name, or becomes SQL, and says of the document
/// whether it is valid.
func fuzzSchema(_ bytes: [UInt8]) {
  var end = bytes.count
  for index in bytes.indices.dropFirst() where bytes[index] == 0x0A && bytes[index - 1] == 0x0A {
    end = index
    break
  }
  guard String(validating: bytes, as: UTF8.self) != nil,
    let root = try? parseJSON(Array(bytes[..<end]), title: "the schema", deepest: Schema.deepestText, allowsZero: true)
  else { return }
  do throws(SchemaRefusals) {
    let schema = try Schema(root)
    let sql = validationFunction("failures", schema).text
    precondition(!sql.utf8.contains(0), "SQL with a zero byte")
    precondition(validationFunction("failures", schema).text == sql, "other SQL of the same schema")
    let text = end < bytes.count ? Array(bytes[end...]) : Array(bytes[..<end])
    guard let node = try? parseJSON(text, title: "the document", deepest: Document.deepest),
      let document = try? Document(node)
    else { return }
    let failures = schema.failures(of: document)
    precondition(failures.allSatisfy { !$0.keyword.isEmpty && !$0.wanted.isEmpty }, "a failure without words")
  } catch {
    precondition(!error.all.isEmpty, "refused without a reason")
    precondition(error.all.allSatisfy { !$0.message.isEmpty && $0.offset <= bytes.count }, "a reason without words")
  }
}
