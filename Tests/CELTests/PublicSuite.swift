import CEL
import Foundation
import JSON

/// The public test suite of CEL, where it is.
struct PublicSuite {
  /// An expression with its value, or nil for an error.
  struct Case {
    let name: String
    let expression: String
    let bindings: [String: Value]
    /// The value with its type, nil when there shall be none.
    let value: Document?
  }

  let cases: [Case]

  /// The suite; nil when the folder of shared data is not beside the project.
  static let shared: PublicSuite? = {
    let project = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized
    let named = ProcessInfo.processInfo.environment["PTFLOW_SHARED"].map { URL(fileURLWithPath: $0) }
    let file = (named ?? project.appending(path: "shared")).appending(path: "suites/cel.json")
    return FileManager.default.contents(atPath: file.path).flatMap { PublicSuite(Array($0)) }
  }()

  private init?(_ bytes: [UInt8]) {
    guard let root = try? parseJSON(bytes, title: "the suite", deepest: 1000, allowsZero: true),
      case .array(let cases)? = try? Document(root)
    else { return nil }
    self.cases = cases.compactMap { one in
      guard case .string(let name)? = one["name"], case .string(let expression)? = one["expr"] else { return nil }
      var bindings: [String: Value] = [:]
      if case .object(let members)? = one["bindings"] {
        for member in members { bindings[member.name.string] = Value(tagged: member.value) }
      }
      return Case(
        name: name.string, expression: expression.string, bindings: bindings,
        value: one["error"] == nil ? one["value"] : nil)
    }
  }
}
