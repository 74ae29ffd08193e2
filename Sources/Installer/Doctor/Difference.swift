/// An aspect of an object in which a database differs from what this program writes.
public struct Difference: Hashable, Sendable {
  /// What is to be done about it.
  public enum Remedy: String, Hashable, Sendable {
    /// It can be mended without touching what clients stored.
    case mend
    /// Somebody has to decide, or to restore it.
    case decide
    /// Nothing: it stands beside ours and does no harm.
    case none
  }

  /// The net whose object it is; nil for what all nets share.
  public let net: String?
  /// The object, with its kind: `trigger kept on game.events`.
  public let object: String
  /// What of it: `definition`, or `enabled`.
  public let aspect: String
  /// How it is; nil where it is missing.
  public let found: String?
  /// How this program writes it; nil where it should not be.
  public let wanted: String?
  /// What is to be done about it.
  public let remedy: Remedy
  /// The next step where somebody has to take it; nil otherwise.
  public var advice: String?
  /// The statements that mend it, in the order of their phases.
  var mends: [Mend] = []

  /// Whether it is about who may do what, and nothing else.
  var isPrivilege: Bool { !mends.isEmpty && mends.allSatisfy { $0.phase == Mend.privileges } }

  /// What it is about, as a key.
  public var key: Key { Key(net: net, object: object, aspect: aspect) }

  /// An aspect of an object.
  public struct Key: Hashable, Sendable {
    /// The net whose object it is.
    public let net: String?
    /// The object.
    public let object: String
    /// What of it.
    public let aspect: String
  }

  /// Both values line by line: the lines that only one of them has.
  public var lines: [String] {
    func split(_ text: String?) -> [String] {
      text?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
    }
    return lineDifference(split(found), split(wanted))
  }
}

/// Statements that mend something.
struct Mend: Hashable, Sendable {
  /// The phase in which privileges are given and taken.
  static let privileges = 9

  /// When they are run.
  let phase: Int
  /// The statements.
  let make: String
  /// Those that are run where the first fail.
  let remake: String?
}
