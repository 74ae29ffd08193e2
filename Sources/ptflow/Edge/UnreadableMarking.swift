/// A marking that somebody typed and that is none.
struct UnreadableMarking: Error, CustomStringConvertible {
  private let reason: String

  init(_ reason: String) { self.reason = reason }

  /// What is wrong, for people, and how it is typed.
  var description: String { "\(reason); a marking is typed as place=2,other=1 or as {\"place\": 2}" }
}
