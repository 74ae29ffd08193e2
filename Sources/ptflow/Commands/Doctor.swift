import ArgumentParser
import Installer
import Postgres

/// Compares the database with what this program writes.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the database with what ptflow writes; exits with 1 if something differs.",
    discussion: """
      The engine and all nets are made anew from what the database keeps of them, in a transaction that is undone, and \
      compared object by object: tables, columns, constraints, functions, views, triggers, comments, owners, permissions, \
      and the rows that describe nets. Objects of yours beside them are listed, and are no fault unless they can change \
      what is stored.

      With --fix, what differs is made as ptflow writes it, in one transaction. Events are never touched, and nothing is \
      dropped that ptflow did not make.
      """)

  @Flag(help: "Mend what can be mended without touching events.")
  var fix = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    try reporting(json: output.json) {
      let connection = try database.connect()
      let report: DoctorReport
      if fix {
        guard let mending = try mend(on: connection) else { throw PostgresError.nothingInstalled }
        report = DoctorReport(mending)
      } else {
        guard let examination = try examine(on: connection) else { throw PostgresError.nothingInstalled }
        report = DoctorReport(examination)
      }
      if output.json { sayJSON(report.jsonValue) } else { say(report.words) }
      if !report.left.faults.isEmpty { throw ExitStatus.refused.code }
    }
  }
}

/// What is told of an examination, or of mending.
private struct DoctorReport {
  let mended: [Difference]
  let left: Examination
  let failures: [Difference.Key: PostgresError]
  let isFixed: Bool

  init(_ examination: Examination) {
    (mended, left, failures, isFixed) = ([], examination, [:], false)
  }

  init(_ mending: Mending) {
    (mended, left, failures, isFixed) = (mending.mended, mending.after, mending.failures, true)
  }

  /// Of more differences than this only the objects are told: then another version of ptflow wrote them.
  private static let mostWithLines = 20

  private func failure(of difference: Difference) -> PostgresError? { failures[difference.key] }

  /// All of it for people.
  var words: Words {
    var lines: [Words] = mended.map { "mended: \($0.summary)" }
    for fault in left.faults {
      lines.append(fault.summary)
      if left.faults.count <= Self.mostWithLines { lines += fault.excerpt }
      if let failure = failure(of: fault) { lines.append("  not mended: \(failure.message)") }
      if let advice = fault.advice { lines.append("  \(advice)") }
    }
    lines += left.remarks.map { "beside it: \($0.summary)" }
    lines.append(conclusion)
    return Words(lines)
  }

  private var conclusion: Words {
    let looked: Words = "the engine and \(left.nets.count) \(left.nets.count == 1 ? "net" : "nets" as Words)"
    guard !left.faults.isEmpty else { return "\(looked): as ptflow writes them" }
    let count: Words = "\(left.faults.count) \(left.faults.count == 1 ? "difference" : "differences" as Words)"
    let mendable = left.mendable.count
    guard mendable > 0, !isFixed else { return "\(looked): \(count)" }
    return
      "\(looked): \(count); to mend \(mendable == left.faults.count ? "them" : "\(mendable) of them" as Words): ptflow doctor --fix"
  }

  /// All of it for programs.
  var jsonValue: JSONValue {
    [
      "intact": .truth(left.faults.isEmpty),
      "nets": .array(left.nets.map { .string($0) }),
      "mended": .array(mended.map { $0.jsonValue(failure: nil) }),
      "differences": .array(left.faults.map { $0.jsonValue(failure: failure(of: $0)) }),
      "remarks": .array(left.remarks.map { $0.jsonValue(failure: nil) }),
    ]
  }
}
