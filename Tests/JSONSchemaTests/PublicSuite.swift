import Foundation
import JSON
import JSONSchema

/// The public test suite of JSON Schema, draft 2020-12, where it is.
struct PublicSuite {
  /// A schema with documents.
  struct Group {
    let keyword: String
    let description: String
    let schema: JSONNode
    let tests: [Test]

    var title: String { "\(keyword): \(description)" }
  }

  /// A document, and whether it is valid.
  struct Test {
    let description: String
    let data: JSONNode
    let valid: Bool
  }

  let groups: [Group]

  /// The suite; nil when the folder of shared data is not beside the project.
  static let shared: PublicSuite? = {
    let project = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized
    let named = ProcessInfo.processInfo.environment["PTFLOW_SHARED"].map { URL(fileURLWithPath: $0) }
    let file = (named ?? project.appending(path: "shared")).appending(path: "suites/json-schema.json")
    return FileManager.default.contents(atPath: file.path).flatMap { PublicSuite(Array($0)) }
  }()

  private init?(_ bytes: [UInt8]) {
    guard let root = try? parseJSON(bytes, title: "the suite", deepest: 1000, allowsZero: true),
      case .array(let groups) = root.value
    else { return nil }
    self.groups = groups.compactMap { group in
      guard let schema = group["schema"], case .array(let tests)? = group["tests"]?.value else { return nil }
      return Group(
        keyword: group.text("keyword"), description: group.text("description"), schema: schema,
        tests: tests.compactMap { test in
          guard let data = test["data"], case .boolean(let valid)? = test["valid"]?.value else { return nil }
          return Test(description: test.text("description"), data: data, valid: valid)
        })
    }
  }
}

extension JSONNode {
  fileprivate func text(_ name: String) -> String {
    if case .string(let text)? = self[name]?.value { text } else { "" }
  }
}
