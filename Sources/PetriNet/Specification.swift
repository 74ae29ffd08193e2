public import Diagnostics

/// What the author of a net says of it beside what it does: what has to be proved of it, and where its instances end.
///
/// It forbids nothing that the net allows, so it is no part of the canonical form (docs/decisions/0053).
public struct Specification: Hashable, Sendable {
  /// Equations and inequalities between sums of tokens, which hold in every reachable marking: `stock + packed <= 100`.
  public var laws: [Statement]
  /// What else has to be proved: claims by their names, such as `bounded`, and properties of runs.
  public var requirements: [Statement]
  /// The final markings; none where nobody says, so that the places that nothing is taken from are the ends.
  public var ends: [FinalMarking]

  /// A specification; by default one that says nothing.
  public init(laws: [Statement] = [], requirements: [Statement] = [], ends: [FinalMarking] = []) {
    self.laws = laws
    self.requirements = requirements
    self.ends = ends
  }

  /// What is said, a line each, for people and to be compared.
  public var lines: [String] {
    laws.map { "law \($0.text)" } + requirements.map { "require \($0.text)" } + ends.map { "end \($0.words)" }
  }
}

/// A sentence of the author's in the language of queries, as it stands in the file.
public struct Statement: Hashable, Sendable {
  /// The sentence.
  public let text: String
  /// Where it begins.
  public let location: SourceLocation
  /// Whether its characters stand in the file one after the other, without an escape or a break of the line.
  public let isVerbatim: Bool

  /// A sentence.
  public init(_ text: String, location: SourceLocation = .unknown, isVerbatim: Bool = false) {
    self.text = text
    self.location = location
    self.isVerbatim = isVerbatim
  }

  /// Where a character of it stands, counted from one; where it begins when that is not known.
  public func location(ofCharacter column: Int) -> SourceLocation {
    guard isVerbatim, location.line > 0 else { return location }
    return SourceLocation(file: location.file, line: location.line, column: location.column + column - 1)
  }
}

/// A marking in which an instance may end.
public struct FinalMarking: Hashable, Sendable {
  /// A place of which something is said.
  public struct Part: Hashable, Sendable {
    /// The name of the place.
    public let place: String
    /// How many tokens it holds; nil for any number.
    public let tokens: Int?
    /// Where that is said.
    public let location: SourceLocation

    /// A place with its tokens.
    public init(_ place: String, tokens: Int?, location: SourceLocation = .unknown) {
      self.place = place
      self.tokens = tokens
      self.location = location
    }
  }

  /// The places of which something is said, each once; all others are empty.
  public let parts: [Part]
  /// Where it is said.
  public let location: SourceLocation

  /// A marking.
  public init(_ parts: [Part], location: SourceLocation = .unknown) {
    self.parts = parts
    self.location = location
  }

  /// The marking in words: `delivered 1, stock any`.
  public var words: String {
    parts.isEmpty
      ? "no tokens" : parts.map { "\($0.place) \($0.tokens.map(String.init) ?? "any")" }.joined(separator: ", ")
  }
}

extension Specification {
  /// Final markings that the net cannot have.
  func problems(among places: [Place]) -> [Diagnostic] {
    guard !ends.isEmpty else { return [] }
    let known = Dictionary(places.map { ($0.name, $0) }) { first, _ in first }
    var suggestions = Suggestions(from: places.map(\.name))
    var problems: [Diagnostic] = []
    for end in ends {
      var seen: Set<String> = []
      for part in end.parts {
        guard let place = known[part.place] else {
          let near = suggestions.nearest(to: part.place)
          problems.append(Diagnostic(.error, .noPlace(part.place, near), at: part.location))
          continue
        }
        if !seen.insert(part.place).inserted {
          problems.append(Diagnostic(.error, .endTwice(part.place), at: part.location))
        }
        guard let tokens = part.tokens else { continue }
        if tokens < 0 { problems.append(Diagnostic(.error, .negativeEnd(part.place, tokens), at: part.location)) }
        if let capacity = place.capacity, tokens > capacity {
          problems.append(Diagnostic(.error, .fullEnd(part.place, tokens, capacity), at: part.location))
        }
      }
    }
    return problems
  }
}

extension Diagnostic.Message {
  fileprivate static func noPlace(_ place: String, _ near: String?) -> Self {
    Self(
      "an end names \"\(place)\", which is no place",
      hint: near.map { "did you mean \"\($0)\"?" } ?? "name a place of this net")
  }

  fileprivate static func endTwice(_ place: String) -> Self {
    Self("an end names the place \"\(place)\" twice", hint: "say once how many tokens it holds")
  }

  fileprivate static func negativeEnd(_ place: String, _ tokens: Int) -> Self {
    Self("an end has \(tokens) tokens in \"\(place)\"", hint: "a place holds no fewer than 0 tokens")
  }

  fileprivate static func fullEnd(_ place: String, _ tokens: Int, _ capacity: Int) -> Self {
    Self(
      "an end has \(tokens) tokens in \"\(place)\", whose capacity is \(capacity)",
      hint: "no marking of this net has that many")
  }
}
