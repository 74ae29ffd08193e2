import PetriNet

/// Whether each case can end, ends cleanly, and every transition is of use, as far as the markings found tell.
///
/// W. M. P. van der Aalst et al., "Soundness of workflow nets: classification, decidability, and analysis", Formal
/// Aspects of Computing 23 (2011), for one end; with several, a case may end in any of them.
///
/// - Parameters:
///   - workflow: where cases begin and end.
///   - space: the markings found.
///   - graph: their connections, when all were found and there was room for them.
///   - pump: what shows that the net is not bounded.
///   - effort: the work that ways to markings may take.
///   - goOn: asked now and then; false ends it.
/// - Returns: what is known.
func soundness(
  _ workflow: Workflow, _ space: StateSpace, _ graph: StateGraph?, pump: Finding?, _ effort: Effort,
  goOn: () -> Bool
) -> Finding {
  let net = space.net
  func refuted(_ reason: String, by index: Int) -> Finding {
    guard let path = space.path(to: index, effort) else { return Finding(.undecided, tooLong) }
    return Finding(.refuted, reason, witness: path)
  }
  var isDone = true
  if let (index, reason) = uncleanEnd(workflow, space, goOn, &isDone) ?? stuck(workflow, space, goOn, &isDone) {
    return refuted(reason, by: index)
  }
  if let pump, workflow.ends.allSatisfy({ $0.free.isEmpty && !$0.terms.isEmpty }),
    !net.arcs.contains(where: { $0.kind == .inhibitor || $0.kind == .reset }),
    net.places.allSatisfy({ $0.capacity == nil })
  {
    // What ends a case before the pump ends it after it as well, and leaves behind what was pumped.
    let reason = "\(pump.reason), so a case may leave tokens behind"
    return Finding(.refuted, reason, witness: pump.witness, pump: pump.pump)
  }
  guard space.isComplete else { return Finding(.undecided, "not all markings were found") }
  guard isDone, let graph, let terminal = graph.terminal(goOn: goOn) else { return Finding(.undecided, tooLong) }
  if let (index, reason) = endless(workflow, space, graph, terminal, goOn, &isDone) {
    return refuted(reason, by: index)
  }
  guard isDone else { return Finding(.undecided, tooLong) }
  if let idle = space.firings.firstIndex(of: 0) {
    return Finding(.refuted, "\(net.name(ofTransition: idle)) never fires")
  }
  let ends = workflow.ends.count == 1 ? "" : " in one of \(workflow.ends.count) ends"
  return Finding(.proved, "each case can end\(ends), leaves nothing behind, and every transition is of use")
}

private let tooLong = "there was too little time or memory to connect the markings"

/// All tokens of an end, and others besides.
private func uncleanEnd(
  _ workflow: Workflow, _ space: StateSpace, _ goOn: () -> Bool, _ isDone: inout Bool
) -> (Int, String)? {
  for index in 0..<space.count {
    if index & 0x3FFF == 0x3FFF, !goOn() {
      isDone = false
      return nil
    }
    for end in workflow.ends where end.isCovered(by: { space.tokens(of: $0, in: index) }) {
      let marking = space.marking(index)
      guard !workflow.isEnd(marking) else { continue }
      return (index, "a case ends in \(end.words(in: space.net)) and leaves tokens behind: \(space.net.words(marking))")
    }
  }
  return nil
}

/// A marking that enables nothing and is no end.
private func stuck(
  _ workflow: Workflow, _ space: StateSpace, _ goOn: () -> Bool, _ isDone: inout Bool
) -> (Int, String)? {
  var found: (Int, String)?
  let isOver = !space.forEachDead(goOn: goOn) { index in
    let marking = space.marking(index)
    if !workflow.isEnd(marking) { found = (index, "a case gets stuck with \(space.net.words(marking))") }
    return found == nil
  }
  if isOver { isDone = false }
  return found
}

/// A marking from which no end can be reached, though something can always fire.
private func endless(
  _ workflow: Workflow, _ space: StateSpace, _ graph: StateGraph, _ terminal: [Bool], _ goOn: () -> Bool,
  _ isDone: inout Bool
) -> (Int, String)? {
  var ends = Array(repeating: false, count: graph.componentCount)
  for index in 0..<space.count {
    if index & 0x3FFF == 0x3FFF, !goOn() {
      isDone = false
      return nil
    }
    guard terminal[Int(graph.components[index])], workflow.isEnd(space.marking(index)) else { continue }
    ends[Int(graph.components[index])] = true
  }
  let first = (0..<space.count).first { index in
    terminal[Int(graph.components[index])] && !ends[Int(graph.components[index])]
  }
  return first.map { index in
    let words = space.net.words(space.marking(index))
    return (index, "a case goes round for ever, without a way to an end, once it has \(words)")
  }
}
