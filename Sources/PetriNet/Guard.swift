public import CEL
public import Diagnostics

/// A condition on more than tokens: an expression of CEL that has to be true when a transition fires.
public struct Guard: Sendable {
  /// The expression as its author wrote it.
  public let text: String
  /// The expression, in which a place is a variable: `tokens.NAME`.
  public let expression: Expression
  /// Where it begins.
  public let location: SourceLocation
  /// Whether it stands in the file as it is, on one line, so that its parts have columns.
  private let isVerbatim: Bool

  /// The names of the places that it looks at, in its own order.
  public var places: [String] { expression.references.compactMap(Self.place) }

  /// Reads a guard.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - location: where it begins.
  ///   - isVerbatim: whether the file has it as it is, on one line.
  /// - Throws: what is no CEL or not supported of it.
  public init(
    _ text: String, at location: SourceLocation = .unknown, isVerbatim: Bool = false
  ) throws(Diagnostics) {
    self.text = text
    self.location = location
    self.isVerbatim = isVerbatim
    do throws(CELRefusal) {
      let variables = Set(Self.variables.keys).union(["payload", "tokens"])
      expression = try Expression.compile(text, variables: variables).namingElements(of: "tokens")
      if let offset = expression.offsetOfZeroCharacter { throw CELRefusal.zeroCharacter(at: offset) }
    } catch {
      let place = Self.location(of: error.offset, from: location, isVerbatim: isVerbatim)
      throw Diagnostics([Diagnostic(.error, .init(error), at: place)])
    }
  }

  /// What a guard sees, the payload and the tokens apart.
  static let variables: [String: StaticType] = [
    "multiple": .int, "now": .timestamp, "actor": .string, "role": .string, "id": .string, "seq": .int,
  ]

  /// Refuses what can fail for the type of a value, and what is not true or false.
  ///
  /// - Parameters:
  ///   - payload: what is known of the payload.
  ///   - places: the names of the places.
  /// - Returns: the first thing that is wrong, if anything is.
  func problem(payload: StaticType, places: Set<String>) -> Diagnostic? {
    var known = Self.variables
    known["payload"] = payload
    for reference in expression.references {
      guard let place = Self.place(of: reference) else { continue }
      guard places.contains(place) else {
        return problem(.noPlace(place, among: places), at: reference.expression.offset)
      }
      known[reference.name] = .int
    }
    do throws(CELRefusal) {
      let type = try expression.checkTypes(known)
      return type == .boolean ? nil : Diagnostic(.error, .noTruth(type), at: location)
    } catch {
      return problem(.init(error), at: error.offset)
    }
  }

  /// The place that a reference looks at; nil when it is something else.
  static func place(of reference: Expression.Reference) -> String? {
    reference.name.hasPrefix("tokens.") ? String(reference.name.dropFirst("tokens.".count)) : nil
  }

  private func problem(_ message: Diagnostic.Message, at offset: Int) -> Diagnostic {
    Diagnostic(.error, message, at: Self.location(of: offset, from: location, isVerbatim: isVerbatim))
  }

  private static func location(of offset: Int, from start: SourceLocation, isVerbatim: Bool) -> SourceLocation {
    guard isVerbatim, start.line > 0 else { return start }
    return SourceLocation(file: start.file, line: start.line, column: start.column + offset)
  }
}

extension Guard: Hashable {
  /// The same expression at the same place.
  public static func == (one: Guard, other: Guard) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8) && one.location == other.location
  }

  /// Of what decides whether two are equal.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(location)
  }
}

extension Diagnostic.Message {
  fileprivate init(_ refusal: CELRefusal) {
    self.init("the guard: \(refusal.message)", hint: refusal.hint)
  }

  fileprivate static func noPlace(_ place: String, among places: Set<String>) -> Self {
    var suggestions = Suggestions(from: places.sorted())
    let near = suggestions.nearest(to: place).map { "did you mean \"\($0)\"?" }
    return Self("the guard: there is no place \"\(place)\"", hint: near ?? "a guard names a place as tokens.NAME")
  }

  fileprivate static func noTruth(_ type: StaticType) -> Self {
    Self("a guard is true or false, and this is \(type)", hint: "compare it with something")
  }
}
