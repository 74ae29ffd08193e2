import Compiler
import Diagnostics
import Plan

/// The game as it is read from a file, which alone says in what order its places are, and how they are drawn.
func gameFile(places: [String] = ["free", "xs", "os"]) throws -> NetPlan {
  try compile(SourceFile(name: "game.pflow", text: gameText(places: places)), name: "game").plan
}

/// The text of that file.
func gameText(places: [String] = ["free", "xs", "os"]) -> String {
  let ids = ["free": 1, "xs": 2, "os": 3]
  let drawn = places.map { name in
    let id = ids[name] ?? 0
    let rest = name == "free" ? "<tokens>5</tokens><capacity>10</capacity>" : "<tokens>0</tokens>"
    return "<place><id>\(id)</id><x>\(id).25</x><y>-3</y><label>\(name)</label>\(rest)</place>"
  }
  let arcs = [(1, 4), (4, 2), (1, 5), (5, 3), (1, 6), (6, 1)].map { source, target in
    "<arc><sourceId>\(source)</sourceId><destinationId>\(target)</destinationId></arc>"
  }
  return """
    <document><subnet>
      \(drawn.joined(separator: "\n"))
      <transition><id>4</id><label>x</label></transition>
      <transition><id>5</id><label>o</label></transition>
      <transition><id>6</id><label>pass</label></transition>
      \(arcs.joined(separator: "\n"))
    </subnet>
    <roles>
      <role><id>7</id><name>PlayerX</name><transitionId>4</transitionId></role>
      <role><id>8</id><name>PlayerO</name><transitionId>5</transitionId></role>
    </roles></document>
    """
}
