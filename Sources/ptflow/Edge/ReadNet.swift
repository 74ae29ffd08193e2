import Compiler
import Diagnostics
import Foundation
import NetFormats
import PetriNet

/// A net with the file that it was read from.
struct ReadNet {
  let source: SourceFile
  let net: Net
  let format: NetFormat
  let warnings: Diagnostics

  /// Reads a file.
  ///
  /// - Throws: an `UnreadableNets`.
  init(path: String, name: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnreadableNets(problems: [.init(path, .unreadable(path))])
    }
    source = SourceFile(name: path, bytes: Array(data))
    do {
      let file = try readNet(source, name: name)
      net = file.net
      format = file.format
      warnings = file.warnings
    } catch {
      throw UnreadableNets(problems: [.init(diagnostics: error, source: source)])
    }
  }

  /// Decides how the net stands in the database.
  ///
  /// - Throws: an `UnreadableNets`.
  func plan() throws -> NetPlan {
    do {
      let file = (source.name as NSString).lastPathComponent
      return try planNet(net, source: Source(file: file, format: format.rawValue, text: source.text))
    } catch {
      throw UnreadableNets(problems: [.init(diagnostics: error, source: source)])
    }
  }

  /// How many warnings there are and where they can be read, or nil when there are none.
  var warned: Words? {
    let count = warnings.all.filter { $0.severity == .warning }.count
    guard count > 0 else { return nil }
    return "\(source.name): \(count) warning\(count == 1 ? "" : "s"), see ptflow check \(source.name)"
  }

  /// Prints the warnings and the notes.
  func warn() {
    if !warnings.all.isEmpty { standardError(Words(warnings, in: source)) }
  }
}

/// What is wrong with the files that a command was given.
struct UnreadableNets: Reportable {
  /// What is wrong with one of them.
  struct Problem {
    let diagnostics: Diagnostics
    let source: SourceFile?

    init(diagnostics: Diagnostics, source: SourceFile?) {
      self.diagnostics = diagnostics
      self.source = source
    }

    /// What is wrong with a file that could not be opened.
    init(_ path: String, _ message: Diagnostic.Message) {
      self.init(
        diagnostics: Diagnostics([Diagnostic(.error, message, at: SourceLocation(file: path))]), source: nil)
    }
  }

  let problems: [Problem]

  /// All of it as it is printed.
  var words: Words { Words(problems.map { Words($0.diagnostics, in: $0.source) }) }

  /// All of it for programs.
  var jsonValue: JSONValue {
    ["message": "the net has errors", "diagnostics": .array(problems.flatMap { $0.diagnostics.all.map(\.jsonValue) })]
  }
}

extension Diagnostic.Message {
  /// Why a file cannot be read, as far as that can be told.
  fileprivate static func unreadable(_ path: String) -> Self {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return "no such file" }
    return isFolder.boolValue
      ? Self("this is a directory", hint: "name one of the files in it")
      : Self("the file cannot be read", hint: "it must be a regular file that you may read")
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(value) }
}

extension Words {
  /// What there is to say of a file.
  init(_ diagnostics: Diagnostics, in source: SourceFile?) { self.init(printable: diagnostics.rendered(in: source)) }
}

extension Diagnostic {
  /// The diagnostic for programs.
  var jsonValue: JSONValue {
    [
      "severity": .string(severity.rawValue),
      "file": .string(location.file),
      "line": .number(location.line),
      "column": .number(location.column),
      "message": .string(message.description),
      "hint": JSONValue(message.hint),
    ]
  }
}

extension SourceFile {
  /// What the file holds, as text: UTF-8 where it is, or UTF-16 by its mark, and Latin-1 otherwise.
  var text: String {
    if let text = String(bytes: bytes, encoding: .utf8) {
      return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]),
      let text = String(bytes: bytes, encoding: .utf16)
    {
      return text
    }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
