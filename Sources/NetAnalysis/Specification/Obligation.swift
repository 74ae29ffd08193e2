public import Diagnostics
public import PetriNet

/// What a net's author says of it and what has to be proved before the net is installed.
public struct Obligation: Hashable, Sendable {
  /// What has to be proved.
  public enum Meaning: Hashable, Sendable {
    /// That all reachable markings meet a law.
    case law(Law)
    /// A claim.
    case claim(Claim)
    /// A property of runs, in the initial marking.
    case property(Property)
  }

  /// What the author wrote.
  public let statement: Statement
  /// What has to be proved.
  public let meaning: Meaning

  /// What kind of statement it is, as the file calls it.
  public var kind: String { if case .law = meaning { "law" } else { "requirement" } }
}

extension Net {
  /// All that its author says of it and that has to be proved, the laws first.
  ///
  /// - Throws: every statement that cannot be understood, where it stands.
  public func obligations() throws(Diagnostics) -> [Obligation] {
    var problems: [Diagnostic] = []
    var obligations: [Obligation] = []
    func add(_ statement: Statement, _ meaning: (Statement) throws(Diagnostic) -> Obligation.Meaning) {
      do throws(Diagnostic) {
        obligations.append(Obligation(statement: statement, meaning: try meaning(statement)))
      } catch {
        problems.append(error)
      }
    }
    for law in specification.laws {
      add(law) { statement throws(Diagnostic) in .law(try Law(statement, of: self)) }
    }
    for requirement in specification.requirements {
      add(requirement) { statement throws(Diagnostic) in try self.meaning(ofRequirement: statement) }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return obligations
  }

  /// The name of a claim, or a property that says when it holds.
  private func meaning(ofRequirement statement: Statement) throws(Diagnostic) -> Obligation.Meaning {
    if let claim = Claim(named: statement.text) { return .claim(claim) }
    var suggestions = Suggestions(from: Claim.allCases.map(\.title))
    if !statement.text.contains(" "), let near = suggestions.nearest(to: statement.text),
      !places.contains(where: { $0.name == statement.text })
    {
      throw Diagnostic(.error, .unknownClaim(statement.text, near), at: statement.location)
    }
    let property = try Property(statement, of: self)
    guard property.query == nil else { throw Diagnostic(.error, .atWhatTime, at: statement.location) }
    return .property(property)
  }
}

extension Claim {
  /// The claim as people write it: `deadlock-free`.
  public var title: String { rawValue.map { $0 == "_" ? "-" : String($0) }.joined() }

  /// The claim of a name, as people or programs write it; nil where there is none.
  public init?(named name: String) {
    let name = name.filter { $0 != " " }.lowercased()
    guard let claim = Claim.allCases.first(where: { $0.title == name || $0.rawValue == name }) else { return nil }
    self = claim
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownClaim(_ word: String, _ near: String) -> Self {
    Self("\"\(word)\" is no claim", hint: "did you mean \"\(near)\"?")
  }

  fileprivate static let atWhatTime = Self(
    "this does not say when it has to hold",
    hint: "AG (...): in every reachable marking; EF (...): in some; AF (...): on every run, sooner or later")
}
