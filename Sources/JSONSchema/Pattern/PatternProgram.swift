/// A pattern as steps that all possible matches take side by side, character by character: the time grows with the length
/// of the text and of the pattern, whatever they are.
struct PatternProgram: Sendable {
  private enum Step: Sendable {
    case character(CodePoints)
    /// Goes on at both.
    case fork(Int, Int)
    case jump(Int)
    case condition(Condition)
    case matched
  }

  private indirect enum Condition: Sendable {
    case start, end
    case wordBoundary(isNegated: Bool)
    case ahead(PatternProgram, isNegated: Bool)
  }

  private var steps: [Step]

  /// What matches nothing.
  static let nothing = PatternProgram(steps: [.character(CodePoints([]))])

  /// A pattern may have so many steps with its repetitions written out.
  static let most = 5_000

  private init(steps: [Step]) { self.steps = steps }

  init(_ root: PatternNode) throws(PatternRefusal) {
    steps = []
    try add(root)
    steps.append(.matched)
  }

  private mutating func add(_ node: PatternNode) throws(PatternRefusal) {
    guard steps.count < Self.most else {
      throw PatternRefusal(column: 1, message: "it is too large with its repetitions written out")
    }
    switch node {
    case .character(let points): steps.append(.character(points))
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let branches):
      var ends: [Int] = []
      for branch in branches.dropLast() {
        let fork = steps.count
        steps.append(.matched)
        try add(branch)
        ends.append(steps.count)
        steps.append(.matched)
        steps[fork] = .fork(fork + 1, steps.count)
      }
      if let last = branches.last { try add(last) }
      for end in ends { steps[end] = .jump(steps.count) }
    case .repetition(let part, let least, let most):
      for _ in 0..<least { try add(part) }
      guard let most else {
        let fork = steps.count
        steps.append(.matched)
        try add(part)
        steps.append(.jump(fork))
        steps[fork] = .fork(fork + 1, steps.count)
        return
      }
      var forks: [Int] = []
      for _ in least..<most {
        forks.append(steps.count)
        steps.append(.matched)
        try add(part)
      }
      for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
    case .start: steps.append(.condition(.start))
    case .end: steps.append(.condition(.end))
    case .wordBoundary(let isNegated): steps.append(.condition(.wordBoundary(isNegated: isNegated)))
    case .ahead(let part, let isNegated):
      steps.append(.condition(.ahead(try PatternProgram(part), isNegated: isNegated)))
    }
  }
}

extension Pattern {
  /// Whether some part of a text matches.
  public func matches(_ text: String) -> Bool {
    program.matches(Array(text.unicodeScalars), from: 0, anywhere: true)
  }
}

extension PatternProgram {
  /// Whether there is a match that begins at a place, or at it or any later one.
  fileprivate func matches(_ text: [Unicode.Scalar], from start: Int, anywhere: Bool) -> Bool {
    var current: [Int] = []
    var seen = [Int](repeating: -1, count: steps.count)
    for place in start...text.count {
      var pending = place == start || anywhere ? current + [0] : current
      guard !pending.isEmpty else { return false }
      pending.reverse()
      var following: [Int] = []
      while let index = pending.popLast() {
        guard seen[index] != place else { continue }
        seen[index] = place
        switch steps[index] {
        case .matched: return true
        case .jump(let target): pending.append(target)
        case .fork(let first, let second): pending += [second, first]
        case .condition(let condition): if holds(condition, text, place) { pending.append(index + 1) }
        case .character(let points):
          if place < text.count, points.contains(text[place]) { following.append(index + 1) }
        }
      }
      current = following
    }
    return false
  }

  private func holds(_ condition: Condition, _ text: [Unicode.Scalar], _ place: Int) -> Bool {
    func isWord(_ index: Int) -> Bool {
      text.indices.contains(index) && CodePoints.ofWords.contains(text[index])
    }
    return switch condition {
    case .start: place == 0
    case .end: place == text.count
    case .wordBoundary(let isNegated): (isWord(place - 1) != isWord(place)) != isNegated
    case .ahead(let program, let isNegated): program.matches(text, from: place, anywhere: false) != isNegated
    }
  }
}
