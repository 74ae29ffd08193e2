public import Plan
internal import SQL

/// What an installation does to a database: decided first, as a value, then done in one transaction.
public struct Installation: Sendable {
  /// What is done to one net.
  public struct Step: Sendable {
    /// What is done.
    public enum Change: Hashable, Sendable {
      /// The net is new.
      case install
      /// The net is there as it is.
      case keep
      /// The net is there, but its file says something else beside what the net does, or some of its functions, views or
      /// the like are not what this program writes: they are made anew, and no event is touched.
      case refresh([Difference])
      /// The net is there as it is, but for its states: from now on they are kept in a table, or are not.
      case states(isKept: Bool)
      /// Another version is there, without instances: it makes room. The lines of the canonical forms that differ.
      case replace(difference: [String])
    }

    /// The net.
    public let plan: NetPlan
    /// What is done to it.
    public let change: Change
    /// That the file kept with the net makes room for this one; nil where it is the same.
    let revision: Difference?

    init(plan: NetPlan, change: Change, revision: Difference? = nil) {
      (self.plan, self.change, self.revision) = (plan, change, revision)
    }
  }

  /// What is done to each net, in the order in which they were given.
  public let steps: [Step]
  /// Whether the engine is new or another; if so the facade is written anew as well.
  public let changesEngine: Bool
  /// The schema of the facade.
  public let facade: String
  /// What an installation leaves otherwise than this program writes it: `ptflow doctor` says what to do about it.
  public internal(set) var faults: [Difference]

  /// Whether nothing is to be done at all.
  public var isEmpty: Bool { !changesEngine && steps.allSatisfy { $0.change == .keep } }
}

/// Why an installation is refused before anything was done.
public enum InstallRefusal: Error, Hashable, Sendable {
  /// Two of the nets have one name, or one schema.
  case sameName(String)
  /// A net is installed whose name has the same characters in another Unicode normal form.
  case otherSpelling(String)
  /// The net's schema is there, and ptflow did not make it.
  case foreignSchema(net: String, schema: String)
  /// The facade cannot stand in the schema: it is somebody else's, or one of ours that nobody is to enter.
  case reservedFacade(String)
  /// The facade of the database stands in another schema than the one asked for.
  case otherFacade(found: String, wanted: String)
  /// The encoding of the database lacks characters of the net. What the database says.
  case characters(net: String, encoding: String, String)
  /// Another version of the net is there, and it has instances. The lines of the canonical forms that differ.
  case changed(net: String, instances: Int, difference: [String])
}

extension InstallRefusal: CustomStringConvertible {
  /// The refusal in words, with the next step.
  public var description: String {
    switch self {
    case .sameName(let name):
      "two of the nets are called \"\(name)\"\n  Install one of them under another name: ptflow install FILE --as NAME"
    case .otherSpelling(let name):
      """
      a net with the name "\(name)" in another Unicode normal form is installed
        Write the name as it is written there, or install this net under another: ptflow install FILE --as NAME
      """
    case .foreignSchema(let net, let schema):
      """
      there is a schema "\(schema)" that ptflow did not make
        Install the net under another name: ptflow install FILE --as NAME (it is called "\(net)" now)
      """
    case .reservedFacade(let schema):
      """
      the facade cannot stand in the schema "\(schema)"
        Name a schema of its own, such as --facade api, or leave --facade out
      """
    case .otherFacade(let found, let wanted):
      """
      the facade of this database stands in the schema "\(found)", not in "\(wanted)"
        Leave --facade out, or use another database
      """
    case .characters(let net, let encoding, let words):
      """
      the net "\(net)" cannot be written in the encoding \(encoding) of this database: \(words)
        Use a database with the encoding UTF8, or other names in the net
      """
    case .changed(let net, let instances, let difference):
      """
      the net "\(net)" is installed in another version, which has \(instances) instance\(instances == 1 ? "" : "s")
      \(difference.map { "  \($0)" }.joined(separator: "\n"))
        Install it under another name (--as NAME), or give up the instances: ptflow uninstall \(net) --with-data
      """
    }
  }
}
