public import Postgres

/// What came of mending.
public struct Mending: Sendable {
  /// What was found before.
  public let before: Examination
  /// What is left.
  public let after: Examination
  /// What the database said to statements that did not help, by what they were for.
  public let failures: [Difference.Key: PostgresError]

  /// What was mended.
  public var mended: [Difference] {
    let left = Set(after.faults.map(\.key))
    return before.faults.filter { !left.contains($0.key) }
  }
}

/// Mends what can be mended without touching what clients stored: all of it in one transaction, or nothing. What is left is
/// found by looking again.
///
/// - Parameter connection: a session that is in no transaction, of the owner of the nets.
/// - Returns: what was done; nil where there is no engine.
/// - Throws: what the database said; then nothing is changed.
public func mend(on connection: borrowing Connection) throws -> Mending? {
  try withRoomForLocks(of: "all nets made anew", on: connection) { try mending(on: $0) }
}

private func mending(on connection: borrowing Connection) throws -> Mending? {
  try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
  do {
    guard try openExamination(waits: true, on: connection) else {
      try connection.execute("ROLLBACK")
      return nil
    }
    let mending = try mend(try examination(of: nil, on: connection), nets: nil, on: connection)
    try connection.execute(mending.mended.isEmpty ? "ROLLBACK" : "COMMIT")
    return mending
  } catch {
    try? connection.execute("ROLLBACK")
    throw error
  }
}

/// Mends what an examination found, in its transaction, and looks again, until nothing more can be mended.
func mend(_ before: Examination, nets: [String]?, on connection: borrowing Connection) throws -> Mending {
  var failures: [Difference.Key: PostgresError] = [:]
  var after = before
  // What is made again is made without its privileges, so there can be a second round, and hardly more.
  for _ in 1...4 where !after.mendable.isEmpty {
    let found = after
    failures = try run(found.mendable, on: connection)
    after = try examination(of: nets, on: connection)
    if after == found { break }
  }
  return Mending(before: before, after: after, failures: failures)
}

/// Runs what mends differences, in the order of the phases; each statement once.
private func run(
  _ differences: [Difference], on connection: borrowing Connection
) throws -> [Difference.Key: PostgresError] {
  var failures: [Difference.Key: PostgresError] = [:]
  var done: Set<String> = []
  let steps = differences.flatMap { difference in difference.mends.map { (difference, $0) } }
  for phase in Set(steps.map(\.1.phase)).sorted() {
    for (difference, step) in steps where step.phase == phase && done.insert(step.make).inserted {
      let error = try attempt(step.make, or: step.remake, on: connection)
      // What failed first is why all that follows fails.
      if let error, failures[difference.key] == nil { failures[difference.key] = error }
    }
  }
  return failures
}

/// Runs a script, or where it fails, another; what fails leaves nothing behind.
private func attempt(
  _ script: String, or other: String?, on connection: borrowing Connection
) throws -> PostgresError? {
  do {
    try attempt(connection) { try $0.execute(script) }
    return nil
  } catch let error as PostgresError {
    guard connection.isOpen else { throw error }
    // What failed first is why: the other script has more that can fail.
    guard let other, try attempt(other, or: nil, on: connection) == nil else { return error }
    return nil
  }
}
