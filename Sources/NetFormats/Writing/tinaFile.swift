import PetriNet

/// Writes a net as TINA's `.net`. Capacities, resets and roles are not said.
func tinaFile(of net: Net) -> String {
  let places = net.places.map { "pl \(tina($0.name)) (\($0.initial))" }
  let transitions = net.transitions.indices.map { index in
    let arcs = net.arcs(of: index)
    let taking = arcs.compactMap { arc -> String? in
      let name = tina(net.places[arc.place].name)
      switch arc.kind {
      case .input: return arc.weight == 1 ? name : "\(name)*\(arc.weight)"
      case .read: return "\(name)?\(arc.weight)"
      case .inhibitor: return "\(name)?-\(arc.weight)"
      case .reset, .output: return nil
      }
    }
    let giving = arcs.filter { $0.kind == .output }.map { arc in
      let name = tina(net.places[arc.place].name)
      return arc.weight == 1 ? name : "\(name)*\(arc.weight)"
    }
    return (["tr", tina(net.transitions[index].name)] + taking + ["->"] + giving).joined(separator: " ")
  }
  return (["net \(tina(net.name))"] + places + transitions).joined(separator: "\n") + "\n"
}

/// A name: in braces where it has other characters than letters, digits and `_`.
private func tina(_ name: String) -> String {
  let isBare = name.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
  guard !isBare else { return name }
  return "{" + name.map { "{}\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "}"
}
