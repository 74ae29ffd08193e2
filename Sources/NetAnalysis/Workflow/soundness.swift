import PetriNet

/// Whether each case can end, ends cleanly, and every transition is of use, as far as the markings found tell.
///
/// W. M. P. van der Aalst et al., "Soundness of workflow nets: classification, decidability, and analysis", Formal
/// Aspects of Computing 23 (2011), for one end; with several, an end is one token in one of them, and nothing elsewhere.
///
/// - Parameters:
///   - workflow: where cases begin and end.
///   - space: the markings found.
///   - graph: their connections, when all were found and there was room for them.
///   - pump: what shows that the net is not bounded.
/// - Returns: what is known.
func soundness(_ workflow: Workflow, _ space: StateSpace, _ graph: StateGraph?, pump: Finding?) -> Finding {
  let net = space.net
  if let finding = uncleanEnd(workflow, space) ?? stuck(workflow, space) { return finding }
  if let pump, !net.arcs.contains(where: { $0.kind == .inhibitor || $0.kind == .reset }),
    net.places.allSatisfy({ $0.capacity == nil })
  {
    // What ends a case before the pump ends it after it as well, and leaves behind what was pumped.
    let reason = "\(pump.reason), so a case may leave tokens behind"
    return Finding(.refuted, reason, witness: pump.witness, pump: pump.pump)
  }
  guard space.isComplete else { return Finding(.undecided, "not all markings were found") }
  guard let graph else { return Finding(.undecided, "there was too little time or memory to connect the markings") }
  if let finding = endless(workflow, space, graph) { return finding }
  if let idle = space.firings.firstIndex(of: 0) {
    return Finding(.refuted, "\(net.name(ofTransition: idle)) never fires")
  }
  let ends = workflow.ends.count == 1 ? "" : " in one of \(workflow.ends.count) ends"
  return Finding(.proved, "each case can end\(ends), leaves nothing behind, and every transition is of use")
}

/// A token in an end while there are others.
private func uncleanEnd(_ workflow: Workflow, _ space: StateSpace) -> Finding? {
  for index in 0..<space.count {
    for end in workflow.ends where space.tokens(of: end, in: index) > 0 {
      let marking = space.marking(index)
      guard !workflow.isEnd(marking) else { continue }
      let name = space.net.name(ofPlace: end)
      return Finding(
        .refuted, "a case ends in \(name) and leaves tokens behind: \(space.net.words(marking))",
        witness: space.path(to: index))
    }
  }
  return nil
}

/// A marking that enables nothing and is no end.
private func stuck(_ workflow: Workflow, _ space: StateSpace) -> Finding? {
  for index in space.deadMarkings {
    let marking = space.marking(index)
    guard !workflow.isEnd(marking) else { continue }
    return Finding(
      .refuted, "a case gets stuck with \(space.net.words(marking))", witness: space.path(to: index))
  }
  return nil
}

/// A marking from which no end can be reached, though something can always fire.
private func endless(_ workflow: Workflow, _ space: StateSpace, _ graph: StateGraph) -> Finding? {
  let terminal = graph.terminal
  var ends = Array(repeating: false, count: graph.componentCount)
  for index in 0..<space.count where terminal[Int(graph.components[index])] {
    guard workflow.isEnd(space.marking(index)) else { continue }
    ends[Int(graph.components[index])] = true
  }
  for index in 0..<space.count {
    let component = Int(graph.components[index])
    guard terminal[component], !ends[component] else { continue }
    let words = space.net.words(space.marking(index))
    return Finding(
      .refuted, "a case goes round for ever, without a way to an end, once it has \(words)",
      witness: space.path(to: index))
  }
  return nil
}
