import Compiler
import Diagnostics
import Foundation
import NetAnalysis
import NetFormats
import PetriNet
import Plan

/// A net with the file that it was read from.
struct ReadNet {
  let source: SourceFile
  let net: Net
  let format: NetFormat
  let warnings: Diagnostics
  /// What its author says of it and what has to be proved.
  let obligations: [Obligation]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - name: the name of the net, whatever the file says.
  /// - Throws: an `UnreadableNets`.
  init(path: String, as name: String? = nil) throws {
    let source = try Self.source(path)
    let file = try Self.reading(source) { source throws(Diagnostics) in try readNet(source, name: path.netName) }
    try self.init(source, file, as: name)
  }

  /// Reads a file of a directory; nil when it is no net and need be none, by its extension.
  ///
  /// - Throws: an `UnreadableNets`.
  init?(inDirectory path: String, as name: String?) throws {
    let source = try Self.source(path)
    let file = try Self.reading(source) { source throws(Diagnostics) in
      NetFormat.mayBeNoNet(path)
        ? try readNetIfAny(source, name: path.netName) : try readNet(source, name: path.netName)
    }
    guard let file else { return nil }
    try self.init(source, file, as: name)
  }

  private init(_ source: SourceFile, _ file: NetFile, as name: String?) throws {
    self.source = source
    var net = file.net
    if let name { net.name = name }
    obligations = try Self.reading(source) { [net] _ throws(Diagnostics) in try net.obligations() }
    self.net = net
    format = file.format
    warnings = file.warnings
  }

  private static func source(_ path: String) throws -> SourceFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnreadableNets(problems: [.init(path, .unreadable(path))])
    }
    return SourceFile(name: path, bytes: Array(data))
  }

  private static func reading<File>(
    _ source: SourceFile, _ read: (SourceFile) throws(Diagnostics) -> File
  ) throws -> File {
    do throws(Diagnostics) {
      return try read(source)
    } catch {
      throw UnreadableNets(problems: [.init(diagnostics: error, source: source)])
    }
  }

  /// Decides how the net stands in the database.
  ///
  /// - Parameter keepingStates: whether it keeps its states, whatever the file says; nil to go by the file.
  /// - Returns: all decisions, as values.
  /// - Throws: an `UnreadableNets`.
  func plan(keepingStates: Bool? = nil) throws -> NetPlan {
    var net = net
    net.keepsStates = keepingStates ?? net.keepsStates
    do {
      return try compile(net, source: Source(source, format: format.rawValue))
    } catch {
      throw UnreadableNets(problems: [.init(diagnostics: error, source: source)])
    }
  }

  /// Why the database cannot hold the net; nil when it can. That depends on no bounds, so none are looked for.
  var refusal: Diagnostics? {
    do throws(Diagnostics) {
      _ = try planNet(net, source: Source(source, format: format.rawValue), facts: LinearFacts(of: net) { true })
      return nil
    } catch {
      return error
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
  static func unreadable(_ path: String) -> Self {
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
