import JSON
import JSONSchema
import Postgres
import Rules
import SQL
import TestServer
import Testing

/// What the suite's own page allows to be left out.
private let allowedRefusals: Set<String> = ["$dynamicRef", "unevaluatedItems", "unevaluatedProperties", "$ref"]

@Suite(
  .enabled(
    if: PublicSuite.shared != nil, "there is no ../shared/suites beside the repository, and PTFLOW_SHARED is not set"))
struct PublicSuiteTests {
  @Test func `every case of the public suite is answered as it states`() throws {
    var (cases, refused) = (0, 0)
    for group in PublicSuite.shared?.groups ?? [] {
      let schema: Schema
      do throws(SchemaRefusals) {
        schema = try Schema(group.schema)
      } catch {
        #expect(
          error.all.allSatisfy { allowedRefusals.contains($0.keyword ?? "") }, "\(group.title): \(error)")
        refused += group.tests.count
        continue
      }
      for test in group.tests {
        cases += 1
        let failures = schema.failures(of: try Document(test.data))
        #expect(failures.isEmpty == test.valid, "\(group.title): \(test.description): \(failures)")
      }
    }
    #expect(cases > 900 && refused < 200)
  }

  @Test(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
  func `the server finds the same failures`() throws {
    try TestDatabase.with { database in
      let connection = try database.connect()
      for group in PublicSuite.shared?.groups ?? [] {
        guard let schema = try? Schema(group.schema) else { continue }
        let function = validationFunction("pg_temp.failures", schema)
        #expect(throws: Never.self, "\(function)") { try connection.execute("BEGIN;\n\(function)") }
        for test in group.tests {
          let document = try Document(test.data)
          // No jsonb can hold it.
          guard !document.hasZeroCharacter else { continue }
          let told = try connection.query("SELECT pg_temp.failures($1::jsonb)", [document.json])[0][0]
          #expect(
            try told.map(Document.init(json:)) == .failures(schema.failures(of: document)),
            "\(group.title): \(test.description)")
        }
        try connection.execute("ROLLBACK")
      }
    }
  }
}

extension Document {
  /// The document that a text is.
  init(json text: String) throws {
    self = try Document(parseJSON(Array(text.utf8), title: "the document", deepest: 1000, allowsZero: true))
  }

  /// Failures as the server writes them.
  static func failures(_ failures: [Failure]) -> Document {
    .array(
      failures.map {
        .object([
          "pointer": .string(Text($0.pointer)), "keyword": .string(Text($0.keyword)),
          "wanted": .string(Text($0.wanted)),
        ])
      })
  }
}
