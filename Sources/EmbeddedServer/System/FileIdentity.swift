import CFileIdentity

/// What tells a file or directory from all others of its file system, wherever it is moved to: its number, and when it
/// was made, since numbers are given again.
///
/// The number of the device is no part of it: it changes when a machine or a container starts again.
struct FileIdentity: Hashable, CustomStringConvertible {
  private let number: UInt64
  private let birth: Int64

  /// Looks at a path, without following a symbolic link at its end; nil when nothing is there or it cannot be seen.
  init?(_ path: String) {
    var identity = ptflow_file_identity()
    guard ptflow_identify(path, &identity) == 0 else { return nil }
    number = identity.number
    birth = identity.birth
  }

  /// The identity as a name of a file.
  var description: String { "\(number)-\(birth)" }
}
