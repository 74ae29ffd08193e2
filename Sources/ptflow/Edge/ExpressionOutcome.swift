import CEL
import Diagnostics
import JSON
import Postgres
import Rules
import SQL

/// What comes of an expression.
enum ExpressionOutcome {
  case value(Value)
  /// It has no value; where and why, or nil where only the server knows.
  case error(EvaluationError?)
  case refused(CELRefusal)
}

extension ExpressionOutcome {
  /// Evaluates an expression.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - variables: the values of its variables.
  ///   - server: where; nil for here.
  /// - Throws: what the server says.
  init(of text: String, _ variables: [String: Value], on server: ExpressionServer?) throws {
    let expression: Expression
    do throws(CELRefusal) {
      expression = try Expression.compile(text, variables: Set(variables.keys))
    } catch {
      self = .refused(error)
      return
    }
    if let server {
      self = try server.outcome(of: expression, variables)
      return
    }
    do throws(EvaluationError) {
      self = .value(try expression.evaluate(variables))
    } catch {
      self = .error(error)
    }
  }
}

/// A session with a server on which expressions are evaluated, by functions in the session's temporary schema and in a
/// transaction that nobody commits.
final class ExpressionServer {
  private let connection: Connection
  private let functions = GuardFunctions(in: "pg_temp")

  init(_ database: String) throws {
    connection = try Connection(database)
    let script: SQL = """
      BEGIN;
      SET LOCAL search_path = pg_catalog, pg_temp;
      \(functions.all)
      """
    try connection.execute(script.text)
  }

  fileprivate func outcome(of expression: Expression, _ variables: [String: Value]) throws -> ExpressionOutcome {
    let stored = Document.object(Dictionary(uniqueKeysWithValues: variables.map { (Text($0), $1.stored) }))
    let query: SQL
    do throws(CELRefusal) {
      if stored.hasZeroCharacter { throw .zeroCharacter(at: 0) }
      let columns = variables.keys.map { ($0, "(v.variables -> \(string: $0))" as SQL) }
      let value = try guardExpression(expression, functions, variables: Dictionary(uniqueKeysWithValues: columns))
      query = "SELECT (\(value))::text FROM (SELECT $1::jsonb AS variables) AS v"
    } catch {
      return .refused(error)
    }
    guard let answer = try connection.query(query.text, [stored.json])[0][0] else { return .error(nil) }
    let document = try Document(parseJSON(Array(answer.utf8), title: "the answer", deepest: Document.deepest))
    return Value(stored: document).map { .value($0) } ?? .error(nil)
  }
}

/// An expression that has no value, or is not taken.
struct FailedExpression: Reportable {
  private let text: String
  private let offset: Int
  private let message: Diagnostic.Message
  /// How the program ends.
  let exitStatus: ExitStatus

  /// An expression that is not taken.
  init(_ text: String, _ refusal: CELRefusal) {
    self.text = text
    offset = refusal.offset
    message = Diagnostic.Message(refusal.message, hint: refusal.hint)
    exitStatus = .usage
  }

  /// An expression that has no value.
  init(_ text: String, _ error: EvaluationError?) {
    self.text = text
    offset = error?.offset ?? 0
    message = Diagnostic.Message(error?.message ?? "the server finds no value")
    exitStatus = .refused
  }

  private var source: SourceFile { SourceFile(name: "expression", text: text) }

  private var diagnostic: Diagnostic {
    let bytes = String(String.UnicodeScalarView(text.unicodeScalars.prefix(offset))).utf8.count
    return Diagnostic(.error, message, at: source.location(ofByte: bytes))
  }

  /// What is wrong, for people.
  var words: Words { Words(printable: diagnostic.rendered(in: source)) }

  /// The same for programs.
  var jsonValue: JSONValue { diagnostic.jsonValue }
}
