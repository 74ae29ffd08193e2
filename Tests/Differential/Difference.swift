import Reference

/// Where the database did another thing than the reference.
public struct Difference: Error, Hashable, Sendable {
  /// Which call, counted from 0; nil when it was seen afterwards.
  public let call: Int?
  /// What there should be.
  public let expected: String
  /// What there is.
  public let found: String

  /// What sets it apart from others: the two codes.
  var kind: [Substring] { call == nil ? [] : [expected.prefix(5), found.prefix(5)] }
}

/// Compares what a call, or nil for afterwards, should have led to with what it led to, byte for byte.
///
/// - Throws: a `Difference`.
func compareTexts(_ call: Int?, _ expected: String, _ found: String) throws {
  guard expected.isExactly(found) else { throw Difference(call: call, expected: expected, found: found) }
}
