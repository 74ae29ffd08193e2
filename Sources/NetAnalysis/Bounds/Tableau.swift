import PetriNet

/// The state equation as the simplex method holds it: equations, each solved for one variable.
///
/// It says m = m0 + C·x - r for tokens m, firings x and what resets took r, none of them below zero, and where places
/// have capacities that there is room for what they do not hold. All numbers are whole: an equation is kept as a multiple
/// of itself without fractions, so that nothing is rounded and the weights of an invariant can be read off
/// (G. B. Dantzig, "Linear Programming and Extensions" (1963), chapter 5). The variables that no equation is solved for
/// are zero; then the others are the constants of their equations, none below zero. At first these are the tokens of the
/// initial marking.
///
/// An equation in which nothing is below zero proves its variable's bound: all others being at least zero, it is at most
/// what the constant says. The equation is a sum of those at the beginning, one for each place; the weights in this sum
/// are the equation's own weights of the tokens.
struct Tableau {
  /// The variables, by number. None is below zero.
  struct Variables {
    let places: Int
    let transitions: Int

    /// The tokens of a place.
    func tokens(_ place: Int) -> Int { place }
    /// How often a transition has fired.
    func firings(_ transition: Int) -> Int { places + transition }
    /// What resets have taken from a place.
    func losses(_ place: Int) -> Int { places + transitions + place }
    /// How many tokens still fit into a place.
    func room(_ place: Int) -> Int { 2 * places + transitions + place }
    /// What the left side of a demand exceeds the right one by.
    func slack(_ demand: Int) -> Int { 3 * places + transitions + demand }
  }

  /// Σ aᵢ·xᵢ = c, the constant at the index -1, with a weight above zero for the variable that it is solved for.
  struct Equation {
    var solved: Int
    var vector: SparseVector

    static let constant = -1

    var scale: Int { vector[at: solved] }
    var constant: Int { vector.first?.index == Self.constant ? vector[0].weight : 0 }
    /// The variables that are zero now, with their weights.
    var others: some Sequence<Weighted> {
      vector.lazy.filter { [solved] in $0.index != Self.constant && $0.index != solved }
    }
  }

  /// How a search for the largest value of a variable ended.
  enum Outcome: Hashable {
    /// The variable's equation proves that it is as large as it can be.
    case largest
    /// It grows without end when the variable with this number does.
    case unbounded(Int)
    /// A number needs more than 64 bits, or the work would be more than allowed.
    case gaveUp
    /// It rose to zero, as it was asked to.
    case atZero
  }

  let variables: Variables
  private(set) var equations: [Equation] = []
  /// The number of the equation that is solved for a variable.
  private var solvedBy: [Int: Int] = [:]
  /// The work that may still be done; a unit is a look at a number.
  private(set) var steps: Int
  /// Whether a number on the way needed more than 64 bits. Then each equation is still true, but no search is possible.
  private(set) var isBroken = false

  /// What there is of a place.
  struct Row {
    /// The tokens in the beginning.
    let tokens: Int
    /// The most that there can be.
    var capacity: Int?
    /// By how much each transition changes them; no change is `Int.min`.
    let changes: SparseVector
    /// Whether any number of them can be lost at any time.
    var losesTokens = false
  }

  /// The state equation of some places.
  ///
  /// - Parameters:
  ///   - rows: the places.
  ///   - transitions: how many transitions there are.
  ///   - steps: the work that may be done.
  init(_ rows: [Row], transitions: Int, steps: Int) {
    variables = Variables(places: rows.count, transitions: transitions)
    self.steps = steps
    for (place, row) in rows.enumerated() {
      var taken = row.losesTokens ? [Weighted(variables.losses(place), 1)] : []
      taken += row.changes.map { Weighted(variables.firings($0.index), -$0.weight) }
      add(variables.tokens(place), row.tokens, taken)
      guard let capacity = row.capacity else { continue }
      add(variables.room(place), capacity - row.tokens, taken.map { Weighted($0.index, -$0.weight) })
    }
  }

  /// The state equation of a net, of all changes of its transitions or of some.
  init(of net: Net, incidence: Incidence, steps: Int) {
    let rows = zip(net.places, incidence.byPlace).map { place, changes in
      // The difference of two arcs' weights, so that it has an opposite.
      Row(
        tokens: place.initial, capacity: place.capacity,
        changes: changes.map { Weighted($0.transition, $0.most) }.filter { $0.weight != 0 },
        losesTokens: changes.contains(where: \.resets))
    }
    self.init(rows, transitions: net.transitions.count, steps: steps)
  }

  private mutating func add(_ solved: Int, _ constant: Int, _ others: [Weighted]) {
    let parts = [Weighted(Equation.constant, constant), Weighted(solved, 1)] + others
    guard let vector = SparseVector(summing: parts) else { return }
    solvedBy[solved] = equations.count
    equations.append(Equation(solved: solved, vector: vector))
  }

  /// The equation that is solved for a variable; nil when the variable is zero.
  func equation(of variable: Int) -> Equation? { solvedBy[variable].map { equations[$0] } }

  /// The weights of the tokens in an equation that is a sum of the state equation's; room is capacity less tokens. Nil
  /// when a number needs more than 64 bits.
  func tokenWeights(_ equation: Equation) -> [Weighted]? {
    let room = variables.room(0)..<variables.slack(0)
    let rooms = equation.vector.filter { room.contains($0.index) }
    return SparseVector.subtracting(
      rooms.map { Weighted($0.index - variables.room(0), $0.weight) },
      from: equation.vector.filter { (0..<variables.places).contains($0.index) })
  }

  /// Adds the variable that is a sum of others less a constant.
  ///
  /// - Returns: false when a number needs more than 64 bits.
  mutating func define(_ variable: Int, as sum: [Weighted], minus constant: Int) -> Bool {
    var parts = [Weighted(Equation.constant, constant)] + sum
    guard parts.allSatisfy({ $0.weight > Int.min }) else { return false }
    for index in parts.indices { parts[index].weight *= -1 }
    guard var vector = SparseVector(summing: parts + [Weighted(variable, 1)]) else { return false }
    for part in sum {
      guard let equation = equation(of: part.index), vector[at: part.index] != 0 else { continue }
      guard let next = SparseVector.eliminating(part.index, from: vector, with: equation.vector) else { return false }
      vector = next
    }
    solvedBy[variable] = equations.count
    equations.append(Equation(solved: variable, vector: vector))
    return true
  }
}

extension Tableau {
  /// Makes a variable as large as it can be.
  ///
  /// - Parameters:
  ///   - variable: the variable.
  ///   - upToZero: whether it is below zero, and to be made zero at most.
  ///   - shouldStop: asked before each step; it gives up when this says so.
  /// - Returns: how it ended.
  mutating func maximise(_ variable: Int, upToZero: Bool = false, shouldStop: () -> Bool = { false }) -> Outcome {
    guard !isBroken, steps > 0 else { return .gaveUp }
    if solvedBy[variable] == nil {
      guard !upToZero else { return .atZero }
      guard let leaving = tightest(variable, cautious: false) else { return .unbounded(variable) }
      guard exchange(leaving, for: variable) else { return .gaveUp }
    }
    var standstill = 0
    while let row = solvedBy[variable] {
      if upToZero, equations[row].constant >= 0 { return .atZero }
      // After some steps that changed nothing, the rule that cannot go round in circles (R. G. Bland, 1977).
      let cautious = standstill > 20
      guard let entering = entering(equations[row], cautious: cautious) else { return .largest }
      guard !shouldStop() else { return .gaveUp }
      guard let leaving = tightest(entering, for: row, upToZero: upToZero, cautious: cautious) else {
        return .unbounded(entering)
      }
      standstill = equations[leaving].constant == 0 ? standstill + 1 : 0
      guard exchange(leaving, for: entering) else { return .gaveUp }
    }
    return .atZero
  }

  /// A variable that makes the one of an equation larger when it is raised from zero; nil when there is none.
  private func entering(_ equation: Equation, cautious: Bool) -> Int? {
    var best: Weighted?
    for other in equation.others where other.weight < 0 {
      if cautious { return other.index }
      if other.weight < best?.weight ?? 0 { best = other }
    }
    return best?.index
  }

  /// The equation whose variable is the first to reach zero when a variable is raised from zero.
  ///
  /// - Parameters:
  ///   - entering: the variable that is raised.
  ///   - row: the equation of the variable that rises by it.
  ///   - upToZero: whether that variable is below zero, and stops there.
  ///   - cautious: whether Bland's rule decides between equations.
  /// - Returns: the number of the equation; nil when no variable reaches zero.
  private mutating func tightest(
    _ entering: Int, for row: Int? = nil, upToZero: Bool = false, cautious: Bool
  ) -> Int? {
    var best: (row: Int, constant: Int, weight: Int)?
    for index in equations.indices {
      steps -= 1
      var weight = equations[index].vector[at: entering]
      var constant = equations[index].constant
      if index == row {
        guard upToZero, weight > Int.min, constant > Int.min else { continue }
        (weight, constant) = (-weight, -constant)
      }
      guard weight > 0 else { continue }
      guard let known = best else {
        best = (index, constant, weight)
        continue
      }
      let (ours, theirs) = (Int128(constant) * Int128(known.weight), Int128(known.constant) * Int128(weight))
      if ours < theirs || (ours == theirs && isBetter(index, than: known.row, cautious: cautious)) {
        best = (index, constant, weight)
      }
    }
    return best?.row
  }

  /// Of two equations as tight, the one to take: by Bland's rule, or the shorter.
  private func isBetter(_ index: Int, than other: Int, cautious: Bool) -> Bool {
    let (left, right) = (equations[index], equations[other])
    if cautious || left.vector.count == right.vector.count { return left.solved < right.solved }
    return left.vector.count < right.vector.count
  }

  /// Solves an equation for another variable, and puts the solution into all others.
  ///
  /// - Returns: false when a number needs more than 64 bits, or the work is more than allowed.
  private mutating func exchange(_ row: Int, for entering: Int) -> Bool {
    var pivot = equations[row]
    if pivot.vector[at: entering] < 0 {
      for index in pivot.vector.indices {
        guard pivot.vector[index].weight > Int.min else { return false }
        pivot.vector[index].weight *= -1
      }
    }
    solvedBy[pivot.solved] = nil
    pivot.solved = entering
    solvedBy[entering] = row
    equations[row] = pivot
    for index in equations.indices where index != row {
      guard equations[index].vector[at: entering] != 0 else { continue }
      guard let next = SparseVector.eliminating(entering, from: equations[index].vector, with: pivot.vector) else {
        isBroken = true
        return false
      }
      equations[index].vector = next
      steps -= next.count
    }
    return steps > 0
  }
}
