import Compiler
import PetriNet
import Plan

extension Net {
  /// A game: PlayerX fires `x`, PlayerO fires `o`, anybody who holds `default` fires `pass`; all of it five times.
  static func game(_ name: String = "game", stones: Int = 5, players: [String] = ["PlayerX", "PlayerO"]) -> Net {
    do {
      return try Net(
        name: name,
        places: [Place("free", initial: stones, capacity: 10), Place("xs"), Place("os")],
        transitions: [Transition("x", roles: [players[0]]), Transition("o", roles: [players[1]]), Transition("pass")],
        arcs: [
          Arc(.input, place: 0, transition: 0), Arc(.output, place: 1, transition: 0),
          Arc(.input, place: 0, transition: 1), Arc(.output, place: 2, transition: 1),
          Arc(.input, place: 0, transition: 2), Arc(.output, place: 0, transition: 2),
        ])
    } catch {
      fatalError("\(error)")
    }
  }
}

/// The plan of a net that a test wrote down.
func plan(_ net: Net) throws -> NetPlan {
  try compile(net, source: Source(file: "\(net.name).test", format: "test", text: net.canonicalForm))
}
