import Installer
import Postgres
import TestServer

extension Site {
  /// What the doctor finds, as the owner.
  func examination(of nets: [String]? = nil) throws -> Examination {
    guard let examination = try Installer.examine(nets, on: try asOwner()) else { throw Failure(words: "no engine") }
    return examination
  }

  /// What the doctor mends, as the owner.
  func mending() throws -> Mending {
    guard let mending = try Installer.mend(on: try asOwner()) else { throw Failure(words: "no engine") }
    return mending
  }

  /// What is wrong, one line a fault: the object, the aspect where it is not the definition, and how it was found.
  func faults() throws -> [String] { try examination().faults.map(\.line) }
}

extension Difference {
  /// The object, and the aspect where it is not the definition; `-` before what is missing and `+` before what should not be.
  var line: String {
    (found == nil ? "- " : wanted == nil ? "+ " : "") + object + (aspect == "definition" ? "" : ": \(aspect)")
  }
}
