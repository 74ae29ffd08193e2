public import PetriNet

/// All reachable markings by the firing rule alone: what the packed explorer is tested against.
public struct NaiveSpace {
  /// The net.
  public let net: Net
  /// The markings, in the order in which they were found.
  public private(set) var markings: [Marking] = []
  /// The number of each.
  public private(set) var numbers: [Marking: Int] = [:]
  /// For each marking the transitions that it enables, and where they lead.
  public private(set) var firings: [[(transition: Int, target: Int)]] = []
  /// How far each marking is from the initial one.
  public private(set) var distances: [Int] = []
  /// Whether all were found.
  public private(set) var isComplete = true

  /// Explores until there are so many markings.
  public init(of net: Net, limit: Int) {
    self.net = net
    add(net.initialMarking, distance: 0)
    var next = 0
    while next < markings.count {
      guard markings.count < limit else {
        isComplete = false
        return
      }
      var own: [(transition: Int, target: Int)] = []
      for transition in net.transitions.indices {
        guard let marking = try? net.fire(transition, in: markings[next]) else { continue }
        own.append((transition, add(marking, distance: distances[next] + 1)))
      }
      firings.append(own)
      next += 1
    }
  }

  @discardableResult
  private mutating func add(_ marking: Marking, distance: Int) -> Int {
    if let number = numbers[marking] { return number }
    numbers[marking] = markings.count
    markings.append(marking)
    distances.append(distance)
    return markings.count - 1
  }

  /// How many firings there are.
  public var edges: Int { firings.reduce(0) { $0 + $1.count } }
  /// The markings that enable nothing.
  public var dead: [Int] { markings.indices.filter { firings[$0].isEmpty } }
  /// The transitions that never fire.
  public var deadTransitions: [Int] {
    net.transitions.indices.filter { transition in !firings.joined().contains { $0.transition == transition } }
  }

  /// For each marking whether some marking that passes can be reached from it.
  public func canReach(_ passes: (Int) -> Bool) -> [Bool] {
    var can = markings.indices.map(passes)
    var changed = true
    while changed {
      changed = false
      for marking in markings.indices.reversed() where !can[marking] {
        guard firings[marking].contains(where: { can[$0.target] }) else { continue }
        can[marking] = true
        changed = true
      }
    }
    return can
  }

  /// Whether each marking leads back to the initial one.
  public var isReversible: Bool { canReach { $0 == 0 }.allSatisfy(\.self) }

  /// The transitions that can always fire again.
  public var liveTransitions: [Int] {
    net.transitions.indices.filter { transition in
      canReach { firings[$0].contains { $0.transition == transition } }.allSatisfy(\.self)
    }
  }

  /// How many markings can be reached from every marking.
  public var homeMarkings: Int {
    // A home marking can be reached from every one; all of them lie in one component, so one suffices to find the rest.
    let home = markings.indices.reversed().first { target in canReach { $0 == target }.allSatisfy(\.self) }
    guard let home else { return 0 }
    var reached = Set([home])
    var waiting = [home]
    while let next = waiting.popLast() {
      for (_, target) in firings[next] where reached.insert(target).inserted { waiting.append(target) }
    }
    return reached.count
  }
}
