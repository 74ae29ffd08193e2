import PetriNet

/// Writes a net as a place/transition net of LoLA's: inputs and outputs, and nothing else.
func lolaFile(of net: Net) -> String {
  func list(_ arcs: some Sequence<Arc>) -> String {
    arcs.map { "\(net.places[$0.place].name): \($0.weight)" }.joined(separator: ", ")
  }
  let marking = net.places.filter { $0.initial > 0 }.map { "\($0.name): \($0.initial)" }.joined(separator: ", ")
  let transitions = net.transitions.indices.map { index in
    let arcs = net.arcs(of: index)
    return """
      TRANSITION \(net.transitions[index].name)
        CONSUME \(list(arcs.filter { $0.kind == .input }));
        PRODUCE \(list(arcs.filter { $0.kind == .output }));

      """
  }
  return """
    PLACE \(net.places.map(\.name).joined(separator: ", "));

    MARKING \(marking);

    \(transitions.joined(separator: "\n"))
    """
}
