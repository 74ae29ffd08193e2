import PetriNet

/// Where a property holds among all reachable markings.
final class PropertyGraph {
  /// A run: firings from a marking on, and the part of them that goes round for ever; without one it ends in its last
  /// marking, or goes on in any way.
  struct Run: Hashable {
    var path: [Int] = []
    var loop: Range<Int>?

    /// This run and, from its end on, another one.
    func followed(by other: Run) -> Run {
      Run(
        path: path + other.path, loop: other.loop.map { $0.lowerBound + path.count..<$0.upperBound + path.count })
    }
  }

  private let space: StateSpace
  private let graph: StateGraph
  private let goOn: () -> Bool
  private var known: [Property: [Bool]] = [:]

  /// - Parameters:
  ///   - space: a complete space.
  ///   - graph: its connections.
  ///   - goOn: asked now and then; false ends it.
  init(_ space: StateSpace, _ graph: StateGraph, goOn: @escaping () -> Bool) {
    self.space = space
    self.graph = graph
    self.goOn = goOn
  }

  private func isDead(_ index: Int) -> Bool { graph.successors(of: index).isEmpty }

  /// For each marking whether a property holds in it; nil when there was too little time.
  func holds(_ property: Property) -> [Bool]? {
    if let known = known[property] { return known }
    let answer = compute(property)
    known[property] = answer
    return answer
  }

  private func compute(_ property: Property) -> [Bool]? {
    switch property {
    case .now(let query): return evaluate(query)
    case .not(let part): return holds(part).map { $0.map { !$0 } }
    case .all(let parts):
      return parts.reduce(Array(repeating: true, count: space.count)) { result, part in
        guard let result, let part = holds(part) else { return nil }
        return zip(result, part).map { $0 && $1 }
      }
    case .any(let parts):
      return parts.reduce(Array(repeating: false, count: space.count)) { result, part in
        guard let result, let part = holds(part) else { return nil }
        return zip(result, part).map { $0 || $1 }
      }
    case .existsNext(let part):
      guard let part = holds(part) else { return nil }
      var result = part
      return each { result[$0] = graph.successors(of: $0).contains { part[Int($0)] } } ? result : nil
    case .existsUntil(let first, let second):
      guard let first = holds(first), var result = holds(second) else { return nil }
      return repeated { index in
        guard !result[index], first[index], graph.successors(of: index).contains(where: { result[Int($0)] }) else {
          return false
        }
        result[index] = true
        return true
      } ? result : nil
    case .existsGlobally(let part):
      guard var result = holds(part) else { return nil }
      return repeated { index in
        guard result[index], !isDead(index), !graph.successors(of: index).contains(where: { result[Int($0)] }) else {
          return false
        }
        result[index] = false
        return true
      } ? result : nil
    }
  }

  private func evaluate(_ query: Query) -> [Bool]? {
    var result = Array(repeating: false, count: space.count)
    return each { index in
      let counts = space.marking(index)
      result[index] = query.holds(
        counts.counts, isEnabled: { space.net.enables($0, in: counts) }, isDead: { isDead(index) })
    } ? result : nil
  }

  /// Goes through all markings, the last first or the first first.
  ///
  /// - Returns: whether there was time for it.
  private func each(isUpwards: Bool = false, _ body: (Int) -> Void) -> Bool {
    for step in 0..<space.count {
      if step & 0xFFF == 0xFFF, !goOn() { return false }
      body(isUpwards ? step : space.count - 1 - step)
    }
    return goOn()
  }

  /// Goes through all markings, in turn from the last and from the first, until a round changes nothing.
  ///
  /// Firings that lead to larger numbers are followed in a round of the one kind, those that lead back in a round of the
  /// other.
  ///
  /// - Returns: whether there was time for it.
  private func repeated(_ change: (Int) -> Bool) -> Bool {
    var (changed, isUpwards) = (true, false)
    while changed {
      changed = false
      guard each(isUpwards: isUpwards, { if change($0) { changed = true } }) else { return false }
      isUpwards.toggle()
    }
    return true
  }

  /// A run from a marking that shows why a property holds there, or does not; empty where no run can show it.
  func run(showing property: Property, _ isTrue: Bool, from index: Int) -> Run {
    switch property {
    case .now: return Run()
    case .not(let part): return run(showing: part, !isTrue, from: index)
    case .all(let parts), .any(let parts):
      // One part decides when all hold and it does not, or when none need hold and it does.
      var deciding = parts.filter { holds($0)?[index] == isTrue }
      if case .all = property, isTrue { deciding = parts }
      return deciding.lazy.map { self.run(showing: $0, isTrue, from: index) }.first { !$0.path.isEmpty } ?? Run()
    case .existsNext(let part):
      guard isTrue, let holds = holds(part) else { return Run() }
      guard let step = space.steps(from: index).first(where: { holds[$0.target] }) else { return Run() }
      return Run(path: [step.transition]).followed(by: run(showing: part, true, from: step.target))
    case .existsUntil(let first, let second):
      guard isTrue, let end = way(through: first, to: second, from: index) else { return Run() }
      return Run(path: end.path).followed(by: run(showing: second, true, from: end.marking))
    case .existsGlobally:
      guard isTrue, let holds = holds(property), holds[index] else { return Run() }
      return lasso(in: holds, from: index)
    }
  }

  /// A shortest way through markings with one property to one with another.
  private func way(through first: Property, to second: Property, from index: Int) -> (path: [Int], marking: Int)? {
    guard let first = holds(first), let second = holds(second) else { return nil }
    var cameFrom: [Int: (Int, Int)] = [:]
    var (queue, next) = ([index], 0)
    while next < queue.count {
      guard goOn() else { return nil }
      let marking = queue[next]
      next += 1
      if second[marking] {
        var (path, current) = ([Int](), marking)
        while current != index, let (transition, source) = cameFrom[current] {
          path.append(transition)
          current = source
        }
        return (path.reversed(), marking)
      }
      guard first[marking] else { continue }
      for (transition, target) in space.steps(from: marking) where cameFrom[target] == nil && target != index {
        cameFrom[target] = (transition, marking)
        queue.append(target)
      }
    }
    return nil
  }

  /// A run inside a set of markings, each of which enables nothing or leads to another one of them.
  private func lasso(in set: [Bool], from index: Int) -> Run {
    var path: [Int] = []
    var position = [index: 0]
    var current = index
    while let step = space.steps(from: current).first(where: { set[$0.target] }) {
      guard goOn() else { return Run() }
      path.append(step.transition)
      if let start = position[step.target] { return Run(path: path, loop: start..<path.count) }
      position[step.target] = path.count
      current = step.target
    }
    return Run(path: path)
  }
}
