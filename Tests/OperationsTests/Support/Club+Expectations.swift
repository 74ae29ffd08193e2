import Compiler
import Installer
import PetriNet
import Plan
import Postgres
import Testing

extension Club {
  /// The nets that another installation leaves as they are.
  func installAgain(in database: Database) throws -> [String] {
    let connection = try database.connect(as: owner)
    let steps = try Installer.install([try plan(.till)], facade: nil, on: connection).steps
    return steps.filter { $0.change == .keep }.map(\.plan.net.name)
  }

  /// Counts transactions on from where they were, as what came from another cluster needs: docs/operations.md.
  func adopt(_ copy: Database) throws {
    try copy.connect(as: owner).query("SELECT ptflow.adopt()")
  }

  /// Everything is as it was, and the next event is the next.
  func expectAllGoesOn(in copy: Database) throws {
    let owner = try copy.connect(as: owner)
    let clerk = try copy.connect(as: clerk)
    let reader = try copy.connect(as: reader)
    #expect(try owner.problems() == [])
    #expect(try reader.problems() == [])
    #expect(try reader.value("SELECT ptflow_state('till', 'first') -> 'state' ->> 'taken'") == "1")

    // A retry is still known, and the chain goes on.
    #expect(try clerk.fire("pay", "first", payload: #"{"é": 1.50}"#, key: "k") == 1)
    #expect(try clerk.fire("pay", "first") == 3)
    #expect(try clerk.fire("pay", "new") == 1)
    #expect(try owner.problems() == [])

    // Who may what is as it was.
    #expect(clerk.outcome("SELECT ptflow_dispatch('till', 'first', 'take')") == "PT403")
    #expect(clerk.outcome("SELECT ptflow_state('till', 'first')") == "PT403")
    #expect(clerk.outcome("SELECT FROM till.events") == "42501")
    #expect(reader.outcome("SELECT ptflow_dispatch('till', 'first', 'pay')") == "42501")
    #expect(try installAgain(in: copy) == ["till"])
  }
}
