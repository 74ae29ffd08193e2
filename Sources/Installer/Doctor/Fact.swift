/// Something that a database says of an object: of one that is there, or of the same one made anew beside it. Two that have
/// the same object and aspect are compared.
struct Fact: Hashable, Sendable {
  /// What an aspect is that nobody wanted.
  enum Surplus: String, Sendable {
    /// What is taken away again.
    case mended
    /// What can change what is stored, and belongs to somebody else.
    case fault
    /// What stands beside ours and does no harm.
    case remark
  }

  /// When it is mended: what comes before needs nothing of what comes after.
  let phase: Int
  /// The object, with its kind: `trigger kept on game.events`.
  let object: String
  /// What of it: `definition`, or `enabled`.
  let aspect: String
  /// The object without which it is not there.
  let parent: String?
  /// How it is.
  let value: String
  /// The statements that make it so; nil where none can.
  var make: String?
  /// Those that make it so where the first fail.
  var remake: String?
  /// The statement that takes it away.
  var unmake: String?
  /// What it is where it was not wanted; nil for what is of no interest.
  var surplus: Surplus?
}
