/// Runs programs on behalf of the server: as its user, in a session and directory of their own, and without the caller's
/// `PG…` settings.
struct Runner {
  /// Whom to run as; nil for the caller.
  var user: OSUser?
  /// The caller's environment.
  var environment: [String: String]
  /// The project's lock, which the programs hold as well.
  var lock: Int32

  /// Runs a program, given by its path, to its end, which must be a success, and returns what it printed.
  ///
  /// The action is what it is for, to complete "cannot …".
  @discardableResult
  func callAsFunction(
    _ action: String, _ arguments: [String], input: String = ""
  ) throws(EmbeddedServerError) -> String {
    let (status, output) = try spawn(inPlace + arguments, input: input, environment: cleanEnvironment, lock: lock)
    guard status == 0 else { throw .failed(action, output: trimmed(output)) }
    return output
  }

  /// The same runner for another user.
  func `as`(_ user: OSUser) -> Runner { Runner(user: user, environment: environment, lock: lock) }

  /// What stands before the program: away from a directory that the server's user may not be able to enter, and from the
  /// terminal, whose Ctrl-C is not for the server. Root becomes the server's user; all others are that user already.
  private var inPlace: [String] {
    let away = ["/usr/bin/env", "--chdir=/", "setsid", "--wait"]
    guard let user, user != .current else { return away }
    return away + ["setpriv", "--reuid=\(user.id)", "--regid=\(user.group)", "--init-groups", "--"]
  }

  private var cleanEnvironment: [String: String] {
    var clean = environment.filter { !$0.key.hasPrefix("PG") && !$0.key.hasPrefix("LC_") }
    clean["LC_ALL"] = "C.UTF-8"
    clean["PATH"] = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    if let user { clean["HOME"] = user.home }
    return clean
  }
}
