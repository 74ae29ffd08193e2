import Compiler
import Installer
import PetriNet

let places = ["P00", "P11", "TURN X", "o_turn"].map { Place($0, initial: 1, capacity: 1) } + [Place("count"), Place("id")]
let net = try Net(
  name: "octoe", places: places,
  transitions: [Transition("X11", roles: ["PlayerX"]), Transition("Reset It"), Transition("state"), Transition("ptflow_state")],
  arcs: [
    Arc(.input, place: 1, transition: 0), Arc(.input, place: 2, transition: 0), Arc(.output, place: 4, transition: 0, weight: 2),
    Arc(.inhibitor, place: 0, transition: 0, weight: 3), Arc(.reset, place: 4, transition: 1), Arc(.output, place: 4, transition: 1),
    Arc(.output, place: 5, transition: 2), Arc(.input, place: 4, transition: 2, weight: 2), Arc(.output, place: 4, transition: 2),
  ])
print(
  installScript(
    [try planNet(net, source: Source(file: "octoe.pflow", format: "pflow", text: "<document>\n</document>\n"))],
    facade: "public"))
