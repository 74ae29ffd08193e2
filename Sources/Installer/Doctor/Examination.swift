/// In what a database differs from what this program writes.
public struct Examination: Hashable, Sendable {
  /// The differences, those of what all nets share first, then by net.
  public let differences: [Difference]
  /// The nets that were looked at, by name.
  public let nets: [String]

  /// What is wrong.
  public var faults: [Difference] { differences.filter { $0.remedy != .none } }

  /// What stands beside what ptflow made, and does no harm.
  public var remarks: [Difference] { differences.filter { $0.remedy == .none } }

  /// What can be mended.
  public var mendable: [Difference] { differences.filter { $0.remedy == .mend } }
}
