/// A file that a command was told to write, and cannot.
struct UnwritableFile: Reportable, CustomStringConvertible {
  let path: String

  /// What is wrong, for people.
  var description: String { "cannot write \(path): the directory does not exist or is not writable" }
}
