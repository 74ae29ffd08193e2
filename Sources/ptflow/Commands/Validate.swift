import ArgumentParser
import Diagnostics
import JSON
import JSONSchema
import Postgres
import Rules
import SQL

/// Says of documents whether they are valid.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say of JSON documents whether a JSON Schema accepts them.",
    discussion: """
      For each document a line of JSON is printed: file, valid, and failures, an array of {pointer, keyword, wanted}. A \
      document that cannot be read has an error besides. docs/rules.md says what is supported of JSON Schema.

      With --sql the function that the schema is compiled to is printed instead. With --db the documents are checked by \
      that function on a server: it is made in the session's temporary schema, in a transaction that is rolled back.

      The exit code is 0 when all documents are valid, 1 when one is not, and 64 when the schema cannot be compiled.
      """)

  @Option(help: "The file of the schema.", completion: .file())
  var schema: String

  @Option(name: .customLong("db"), help: "Check on this server, given as a URL or key=value words.")
  var database: String?

  @Flag(help: "Print the function that the schema is compiled to.")
  var sql = false

  @Argument(help: "The files of the documents.", completion: .file())
  var documents: [String] = []

  func validate() throws {
    guard sql == documents.isEmpty else { throw ValidationError("give either documents or --sql") }
  }

  func run() throws {
    try reporting {
      let schema = try SchemaFile(path: schema).schema
      if sql { return say(Words(lines: validationFunction("failures", schema).text)) }
      var areValid = true
      func tell(_ path: String, _ failures: (Document) throws -> [Failure]) throws {
        do {
          let document = try JSONFile(path: path, title: "the document", deepest: Document.deepest).document
          let failures = try failures(document)
          areValid = areValid && failures.isEmpty
          sayJSON(line(path, failures))
        } catch let error as UnreadableJSON {
          areValid = false
          sayJSON(line(path, [], error: error.jsonValue))
        }
      }
      if let database {
        let connection = try Connection(database)
        try connection.execute(script(schema).text)
        for path in documents { try tell(path) { try self.failures(of: $0, in: path, on: connection) } }
      } else {
        for path in documents { try tell(path, schema.failures) }
      }
      if !areValid { throw ExitStatus.refused.code }
    }
  }

  /// What is said of a document.
  private func line(_ path: String, _ failures: [Failure], error: JSONValue? = nil) -> JSONValue {
    .object(
      [
        ("file", .string(path)), ("valid", .truth(failures.isEmpty && error == nil)),
        ("failures", .array(failures.map(\.jsonValue))),
      ] + (error.map { [("error", $0)] } ?? []))
  }

  /// Opens a transaction that nobody commits, with the function in it.
  private func script(_ schema: Schema) -> SQL {
    """
    BEGIN;
    SET LOCAL search_path = pg_catalog, pg_temp;
    \(validationFunction("pg_temp.failures", schema))
    """
  }

  /// What the server says of a document.
  private func failures(of document: Document, in path: String, on connection: borrowing Connection) throws -> [Failure]
  {
    guard !document.hasZeroCharacter else { throw UnreadableJSON(unstorable: path) }
    let rows = try connection.query(
      """
      SELECT f.failure ->> 'pointer', f.failure ->> 'keyword', f.failure ->> 'wanted'
        FROM jsonb_array_elements(pg_temp.failures($1::jsonb)) WITH ORDINALITY AS f (failure, number)
       ORDER BY f.number
      """, [document.json])
    return rows.map { Failure(pointer: $0[0] ?? "", keyword: $0[1] ?? "", wanted: $0[2] ?? "") }
  }
}

extension UnreadableJSON {
  /// A document that no `jsonb` can hold.
  fileprivate init(unstorable path: String) {
    self.init(
      Diagnostics([
        Diagnostic(
          .error, "a text in it holds U+0000, which PostgreSQL cannot store", at: SourceLocation(file: path))
      ]), nil)
  }
}
