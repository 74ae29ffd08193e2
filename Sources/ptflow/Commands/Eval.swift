import ArgumentParser
import CEL
import Diagnostics
import JSON

/// Evaluates an expression.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate an expression of CEL, the language of guards.",
    discussion: """
      The value is printed as JSON:

        ptflow eval 'payload.amount >= 10.00' --with bindings.json

      The file holds an object of variables: {"payload": {"amount": 12}}. With --tagged its values, and the one that is \
      printed, have their types with them: {"int": "1"}. docs/rules.md says what is supported of CEL.

      With --db the expression is evaluated by the SQL that it is compiled to, on that server.

      --cases evaluates a file of expressions, a JSON array of {name, expr, bindings, value or error}, and prints a line \
      of JSON for each: name; value, error or refused; and whether that is what the file states.

      The exit code is 1 when the expression has no value, or a case is not as stated, and 64 when it is refused.
      """)

  @Argument(help: "The expression.")
  var expression: String?

  @Option(name: .customLong("with"), help: "A file of variables.", completion: .file())
  var variables: String?

  @Flag(help: "Read and print values with their types.")
  var tagged = false

  @Option(help: "A file of expressions.", completion: .file())
  var cases: String?

  @Option(name: .customLong("db"), help: "Evaluate on this server, given as a URL or key=value words.")
  var database: String?

  func validate() throws {
    guard (expression == nil) != (cases == nil) else { throw ValidationError("give either an expression or --cases") }
    if cases != nil, variables != nil { throw ValidationError("--cases has its variables in the file") }
  }

  func run() throws {
    try reporting {
      let server = try database.map(ExpressionServer.init)
      if let cases { return try runAll(cases, server) }
      let text = expression ?? ""
      switch try ExpressionOutcome(of: text, variables.map(values) ?? [:], on: server) {
      case .value(let value): sayJSON(.verbatim(tagged ? value.tagged.json : value.document.json))
      case .error(let error): throw FailedExpression(text, error)
      case .refused(let refusal): throw FailedExpression(text, refusal)
      }
    }
  }

  /// Reads the file of variables.
  private func values(_ path: String) throws -> [String: Value] {
    let file = try JSONFile(path: path, title: "the file", deepest: Document.deepest)
    guard case .object(let members) = try file.document else {
      throw UnreadableJSON(JSONFault(offset: file.root.offset, message: "variables are an object"), file.source)
    }
    var values: [String: Value] = [:]
    for member in members {
      guard let value = tagged ? Value(tagged: member.value) : Value(member.value) else {
        throw UnreadableJSON(
          JSONFault(
            offset: file.root[member.name.string]?.offset ?? 0,
            message: "this is no value with its type that is supported; write {\"int\": \"1\"}"), file.source)
      }
      values[member.name.string] = value
    }
    return values
  }

  /// Evaluates all expressions of a file.
  private func runAll(_ path: String, _ server: ExpressionServer?) throws {
    let file = try JSONFile(path: path, title: "the file", deepest: Document.deepest)
    guard case .array(let cases) = try file.document else {
      throw UnreadableJSON(JSONFault(offset: file.root.offset, message: "cases are an array"), file.source)
    }
    var areAsStated = true
    for one in cases {
      let outcome = try outcome(of: one, server)
      let isAsStated = one.states(outcome)
      areAsStated = areAsStated && isAsStated != false
      let told: (String, JSONValue) =
        switch outcome {
        case .value(let value): ("value", .verbatim(value.tagged.json))
        case .error: ("error", .truth(true))
        case .refused(let refusal): ("refused", .string(refusal.message))
        }
      let name = one.text("name").map { [("name", JSONValue.string($0))] } ?? []
      sayJSON(.object(name + [told] + (isAsStated.map { [("as_stated", .truth($0))] } ?? [])))
    }
    if !areAsStated { throw ExitStatus.refused.code }
  }

  private func outcome(of one: Document, _ server: ExpressionServer?) throws -> ExpressionOutcome {
    var values: [String: Value] = [:]
    if case .object(let members)? = one["bindings"] {
      for member in members {
        guard let value = Value(tagged: member.value) else {
          return .refused(.unsupportedValue(of: member.name.string))
        }
        values[member.name.string] = value
      }
    }
    return try ExpressionOutcome(of: one.text("expr") ?? "", values, on: server)
  }
}

extension Eval {
  /// The arguments of the program, in which an expression that begins with a minus is not taken for an option.
  static func arranged(_ arguments: [String]) -> [String] {
    guard arguments.first == "eval", !arguments.contains("--") else { return arguments }
    let (valued, flags) = (["--with", "--cases", "--db"], ["--tagged", "--help", "-h"])
    for (index, argument) in arguments.enumerated().dropFirst() where argument.hasPrefix("-") {
      let isOption = flags.contains(argument) || valued.contains { argument == $0 || argument.hasPrefix($0 + "=") }
      guard !isOption, !valued.contains(arguments[index - 1]) else { continue }
      return arguments[..<index] + arguments[(index + 1)...] + ["--", argument]
    }
    return arguments
  }
}

extension Document {
  /// The text of a member; nil when there is none.
  fileprivate func text(_ name: Text) -> String? {
    if case .string(let text)? = self[name] { text.string } else { nil }
  }

  /// Whether a case states this outcome; nil when it states none, or the expression is refused.
  fileprivate func states(_ outcome: ExpressionOutcome) -> Bool? {
    switch outcome {
    case .refused: nil
    case .error: self["error"] == .boolean(true) ? true : self["value"] == nil ? nil : false
    case .value(let value):
      if let stated = self["value"] {
        Value(tagged: stated).map { $0.isSame(as: value) } ?? false
      } else {
        self["error"] == nil ? nil : false
      }
    }
  }
}
