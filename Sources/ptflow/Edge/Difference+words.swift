import Installer
import Postgres

extension Difference {
  /// What differs, on one line.
  var summary: Words {
    switch (found, wanted) {
    case (nil, nil): "\(object): \(aspect)"
    case (nil, _): aspect == "definition" ? "\(object): is missing" : "\(object): \(aspect) is missing"
    case (_, nil): aspect == "definition" ? "\(object): is not ptflow's" : "\(object): \(aspect) is not ptflow's"
    case (let found?, let wanted?):
      if isShort {
        aspect == "definition"
          ? "\(object): is \(told(found)), not \(told(wanted))"
          : "\(object): \(aspect) is \(told(found)), not \(told(wanted))"
      } else {
        aspect == "definition" ? "\(object): differs" : "\(object): \(aspect) differs"
      }
    }
  }

  /// The lines that differ, where they do not stand in the summary.
  var excerpt: [Words] {
    guard found != nil, wanted != nil, !isShort else { return [] }
    let most = 8
    let rest = lines.count - most
    return lines.prefix(most).map { "    \($0)" }
      + (rest > 0 ? ["    and \(rest) \(rest == 1 ? "line" : "lines" as Words) more; --json has all of them"] : [])
  }

  /// The difference for programs, with what the database said to what should have mended it.
  func jsonValue(failure: PostgresError?) -> JSONValue {
    [
      "net": JSONValue(net),
      "object": .string(object),
      "aspect": .string(aspect),
      "found": JSONValue(found),
      "wanted": JSONValue(wanted),
      "difference": .array(lines.map { .string($0) }),
      "mendable": .truth(remedy == .mend),
      "failure": failure?.jsonValue ?? .null,
      "advice": JSONValue(advice),
    ]
  }

  private var isShort: Bool {
    [found, wanted].allSatisfy { ($0?.count ?? 0) <= 60 && $0?.contains("\n") != true }
  }

  private func told(_ value: String) -> String { value.isEmpty ? "none" : value }
}
