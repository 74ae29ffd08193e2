internal import PetriNet

/// What a Markov chain does in the long run, and how it gets there.
///
/// Everything is computed by eliminating states one after the other without any subtraction, so that nothing is lost to
/// rounding. Source: Grassmann, Taksar, Heyman, "Regenerative analysis and steady state distributions for Markov chains",
/// 1985.
public struct LongRun: Sendable {
  /// How it can end: the sets of markings that are never left.
  public let ends: [End]
  /// The part of the time that is spent in each marking, in the long run.
  public let distribution: [Double]
  /// The mean number of firings of each transition per unit of time, in the long run.
  public let throughput: [Double]
  /// The mean tokens of each place, in the long run.
  public let meanTokens: [Double]

  /// Markings that are never left once they are reached.
  public struct End: Hashable, Sendable {
    /// The markings, by number.
    public let markings: [Int]
    /// How probable it is to end there.
    public let probability: Double
    /// The expected time until then, given that it ends there.
    public let expectedTime: Double
  }

  /// The long run of a chain; nil when the caller wants no more.
  ///
  /// - Parameters:
  ///   - chain: the chain. The work grows with the third power of the number of its markings.
  ///   - goOn: asked now and then whether to go on.
  public init?(of chain: MarkovChain, goOn: () -> Bool = { true }) {
    let count = chain.markings.count
    let components = components(of: chain.steps.map { $0.map(\.target) })
    let terminal = components.filter { component in
      let inside = Set(component)
      return component.allSatisfy { chain.steps[$0].allSatisfy { inside.contains($0.target) } }
    }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    var endOf = [Int?](repeating: nil, count: count)
    for (end, members) in terminal.enumerated() { for member in members { endOf[member] = end } }

    guard let absorption = Absorption(of: chain, endOf: endOf, ends: terminal.count, goOn: goOn) else { return nil }
    var distribution = [Double](repeating: 0, count: count)
    for (end, members) in terminal.enumerated() where absorption.probabilities[end] > 0 {
      guard let stationary = stationary(of: chain, in: members, goOn: goOn) else { return nil }
      for (member, part) in zip(members, stationary) { distribution[member] = part * absorption.probabilities[end] }
    }
    self.distribution = distribution
    ends = terminal.indices.map { end in
      End(
        markings: terminal[end], probability: absorption.probabilities[end], expectedTime: absorption.expectedTimes[end]
      )
    }
    var throughput = [Double](repeating: 0, count: chain.net.transitions.count)
    var meanTokens = [Double](repeating: 0, count: chain.net.places.count)
    for state in 0..<count where distribution[state] > 0 {
      for step in chain.steps[state] { throughput[step.transition] += distribution[state] * step.rate }
      for place in meanTokens.indices {
        meanTokens[place] += distribution[state] * Double(chain.markings[state][place])
      }
    }
    self.throughput = throughput
    self.meanTokens = meanTokens
  }
}

/// The stationary distribution on markings that are never left and all lead to one another.
private func stationary(of chain: MarkovChain, in members: [Int], goOn: () -> Bool) -> [Double]? {
  let count = members.count
  var number = [Int: Int]()
  for (index, member) in members.enumerated() { number[member] = index }
  var rates = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
  for (index, member) in members.enumerated() {
    for step in chain.steps[member] {
      if let target = number[step.target], target != index { rates[index][target] += step.rate }
    }
  }
  for last in stride(from: count - 1, to: 0, by: -1) {
    guard goOn() else { return nil }
    let sum = rates[last][..<last].reduce(0, +)
    for state in 0..<last where rates[state][last] > 0 {
      let factor = rates[state][last] / sum
      rates[state][last] = factor
      for target in 0..<last where target != state { rates[state][target] += factor * rates[last][target] }
    }
  }
  var weights = [Double](repeating: 0, count: count)
  weights[0] = 1
  for state in 1..<max(count, 1) { weights[state] = (0..<state).reduce(0) { $0 + weights[$1] * rates[$1][state] } }
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}

/// With what probability, and after what time, a chain comes to each of its ends.
private struct Absorption {
  var probabilities: [Double]
  /// Given that end.
  var expectedTimes: [Double]

  /// Eliminates all states that are left for ever, from the last to the first. With each way to an end goes the time that it
  /// takes, weighted by its probability.
  init?(of chain: MarkovChain, endOf: [Int?], ends: Int, goOn: () -> Bool) {
    if let end = endOf[0] {
      probabilities = (0..<ends).map { $0 == end ? 1 : 0 }
      expectedTimes = (0..<ends).map { $0 == end ? 0 : .nan }
      return
    }
    let transient = endOf.indices.filter { endOf[$0] == nil }
    var number = [Int: Int]()
    for (index, state) in transient.enumerated() { number[state] = index }
    let (count, width) = (transient.count, transient.count + ends)
    // The probability of the next state, and that probability times the expected time until there.
    var ways = [[Double]](repeating: [Double](repeating: 0, count: width), count: count)
    var times = ways
    for (index, state) in transient.enumerated() {
      let leaving = chain.steps[state].filter { $0.target != state }
      let total = leaving.reduce(0) { $0 + $1.rate }
      for step in leaving {
        let target = endOf[step.target].map { count + $0 } ?? number[step.target] ?? 0
        ways[index][target] += step.rate / total
        times[index][target] += step.rate / total / total
      }
    }
    for last in stride(from: count - 1, through: 0, by: -1) {
      guard goOn() else { return nil }
      // What leaves it for good, when the loop at it is taken any number of times.
      let loop = ways[last][last]
      let loopTime = times[last][last]
      let out = (0..<width).filter { $0 != last && ways[last][$0] > 0 && ($0 < last || $0 >= count) }
      let leaves = out.reduce(0) { $0 + ways[last][$1] }
      for target in out {
        let way = ways[last][target] / leaves
        times[last][target] = times[last][target] / leaves + way * (loop > 0 ? loopTime / leaves : 0)
        ways[last][target] = way
      }
      for state in 0..<last where ways[state][last] > 0 {
        let (into, intoTime) = (ways[state][last], times[state][last])
        for target in out {
          ways[state][target] += into * ways[last][target]
          times[state][target] += intoTime * ways[last][target] + into * times[last][target]
        }
      }
    }
    probabilities = (0..<ends).map { ways[0][count + $0] }
    expectedTimes = (0..<ends).map { times[0][count + $0] / ways[0][count + $0] }
  }
}

/// The strongly connected components of a graph, each as the numbers of its nodes; by Tarjan, without recursion.
private func components(of targets: [[Int]]) -> [[Int]] {
  var components: [[Int]] = []
  var index = [Int](repeating: -1, count: targets.count)
  var low = index
  var isOnStack = [Bool](repeating: false, count: targets.count)
  var (stack, next): ([Int], Int) = ([], 0)
  for root in targets.indices where index[root] < 0 {
    var work: [(node: Int, edge: Int)] = [(root, 0)]
    while let (node, edge) = work.last {
      if edge == 0 {
        (index[node], low[node]) = (next, next)
        next += 1
        stack.append(node)
        isOnStack[node] = true
      }
      if edge < targets[node].count {
        work[work.count - 1].edge += 1
        let target = targets[node][edge]
        if index[target] < 0 {
          work.append((target, 0))
        } else if isOnStack[target] {
          low[node] = min(low[node], index[target])
        }
        continue
      }
      work.removeLast()
      if let parent = work.last?.node { low[parent] = min(low[parent], low[node]) }
      guard low[node] == index[node] else { continue }
      var component: [Int] = []
      repeat {
        let member = stack.removeLast()
        isOnStack[member] = false
        component.append(member)
      } while component.last != node
      components.append(component)
    }
  }
  return components
}
