import ArgumentParser
import Diagnostics
import Foundation
import JSON
import JSONSchema
import Output
import Postgres
import SQL

/// Says of documents whether they are valid.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say of JSON documents whether a JSON Schema accepts them.",
    discussion: """
      For each document a line of JSON is printed: file, valid, and failures, an array of {pointer, keyword, wanted}. A \
      document that is no JSON has an error instead of failures. docs/rules.md says what is supported of JSON Schema.

      With --db the documents are checked by the SQL that the schema is compiled to, on that server: the function is made \
      in the session's temporary schema and is gone afterwards.

      The exit code is 0 when all documents are valid, 1 when one is not, and 64 when the schema cannot be compiled.
      """)

  @Option(help: "The file of the schema.", completion: .file())
  var schema: String

  @Option(name: .customLong("db"), help: "Check on this server, given as a URL or key=value words.")
  var database: String?

  @Argument(help: "The files of the documents.", completion: .file())
  var documents: [String]

  func run() throws {
    try reporting {
      let schema = try SchemaFile(path: schema).schema
      let verdicts = try database.map { try self.verdicts(schema, on: $0) } ?? documents.map { verdict($0, schema) }
      for verdict in verdicts { sayJSON(verdict.jsonValue) }
      if !verdicts.allSatisfy(\.isValid) { throw ExitStatus.refused.code }
    }
  }

  /// Checks a document here.
  private func verdict(_ path: String, _ schema: Schema) -> Verdict {
    Verdict(path) { text throws(JSONFault) in
      let failures = schema.failures(of: try Document(text))
      return .array(
        failures.map { failure in
          [
            "pointer": .string(failure.pointer), "keyword": .string(failure.keyword),
            "wanted": .string(failure.wanted),
          ]
        })
    }
  }

  /// Checks all documents on a server.
  private func verdicts(_ schema: Schema, on database: String) throws -> [Verdict] {
    let connection = try Connection(database)
    let script: SQL = """
      BEGIN;
      SET LOCAL search_path = pg_catalog, pg_temp;
      \(validationFunction("pg_temp.ptflow_validate", schema))
      """
    try connection.execute(script.text)
    return try documents.map { path in
      var answer: Result<String, PostgresError> = .success("[]")
      let verdict = Verdict(path) { text throws(JSONFault) in
        let document = try Document(text)
        guard !document.hasZeroCharacter else {
          throw JSONFault(offset: 0, message: "a text holds U+0000, which PostgreSQL cannot store")
        }
        answer = Result { () throws(PostgresError) in
          try connection.query("SELECT pg_temp.ptflow_validate($1::jsonb)", [document.json])[0][0] ?? "[]"
        }
        return .verbatim((try? answer.get()) ?? "[]")
      }
      _ = try answer.get()
      return verdict
    }
  }
}

/// What is said of a document.
private struct Verdict {
  private let path: String
  /// The failures as a JSON array, or why there is no document.
  private let outcome: Result<JSONValue, Diagnostic>

  /// Reads a file and has its document checked.
  init(_ path: String, _ check: (JSONNode) throws(JSONFault) -> JSONValue) {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      outcome = .failure(Diagnostic(.error, "the file cannot be read", at: SourceLocation(file: path)))
      return
    }
    let source = SourceFile(name: path, bytes: Array(data))
    do throws(JSONFault) {
      let node = try parseJSON(source.bytes, title: "the document", deepest: Document.deepest, allowsZero: true)
      outcome = .success(try check(node))
    } catch {
      outcome = .failure(Diagnostic(error, in: source))
    }
  }

  var isValid: Bool { if case .success(let failures) = outcome { failures.text == "[]" } else { false } }

  var jsonValue: JSONValue {
    switch outcome {
    case .success(let failures):
      ["file": .string(path), "valid": .truth(isValid), "failures": failures]
    case .failure(let diagnostic):
      ["file": .string(path), "valid": .truth(false), "failures": [], "error": diagnostic.jsonValue]
    }
  }
}
