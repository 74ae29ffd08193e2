/// A marking that somebody typed and that is none.
struct UnreadableMarking: Reportable, CustomStringConvertible {
  private let reason: String

  init(_ reason: String) { self.reason = reason }

  /// What is wrong, for people, and how it is typed.
  var description: String { "\(reason); write a marking as place=2,other=1 or {\"place\": 2}" }
}
