/// A file that a command was told to write, and cannot.
struct UnwritableFile: Error, CustomStringConvertible {
  let path: String

  /// What is wrong, for people.
  var description: String { "\(path) cannot be written: is there such a folder, and may you write to it?" }
}
