import PetriNet

/// The search for the bounds of places by linear programming over the state equation: those found so far, and how large
/// the places have been seen to be in its solutions.
struct BoundSearch {
  private let net: Net
  private let incidence: Incidence
  private(set) var bounds: [PlaceBound?]
  private var tableau: Tableau
  /// Tokens that some solution of the tableau has, so that it can prove no smaller bound.
  private var seen: [Int]
  /// The places that grow without end in it, or whose equations proved nothing.
  private var hopeless: BitSet

  init(of net: Net, incidence: Incidence, steps: Int) {
    self.net = net
    self.incidence = incidence
    bounds = net.places.indices.map { PlaceBound(capacityOf: $0, in: net) }
    tableau = Tableau(of: net, incidence: incidence, steps: steps)
    seen = net.initialMarking.counts
    hopeless = BitSet(below: net.places.count)
  }

  /// Takes what an invariant proves and was not known.
  mutating func offer(_ invariant: Invariant) {
    for term in invariant.terms where term.weight > 0 {
      guard let bound = PlaceBound(of: term.index, in: net, by: invariant),
        bound.most < bounds[term.index]?.most ?? Int.max
      else { continue }
      bounds[term.index] = bound
    }
  }

  /// Solves a linear program for each place, with the changes of the net or some of them.
  mutating func run(through changes: Incidence, _ shouldStop: () -> Bool) {
    tableau = Tableau(of: net, incidence: changes, steps: tableau.steps)
    seen = net.initialMarking.counts
    hopeless = BitSet(below: net.places.count)
    harvest()
    for place in net.places.indices where !isDone(place) {
      if shouldStop() { return }
      let outcome = tableau.maximise(tableau.variables.tokens(place), shouldStop: shouldStop)
      harvest()
      switch outcome {
      case .largest, .atZero: break
      case .unbounded(let direction): follow(direction)
      case .gaveUp:
        guard tableau.steps > 0 else { return }
        tableau = Tableau(of: net, incidence: changes, steps: tableau.steps)
      }
    }
  }

  /// Whether no better bound can be found.
  private func isDone(_ place: Int) -> Bool {
    hopeless.contains(place) || bounds[place]?.most ?? Int.max <= seen[place]
  }

  /// Takes what the equations say as they stand: many prove bounds beside the one that was sought.
  private mutating func harvest() {
    for equation in tableau.equations where equation.solved < net.places.count {
      let place = equation.solved
      guard !isDone(place) else { continue }
      seen[place] = max(seen[place], equation.constant / equation.scale)
      guard !isDone(place), equation.others.allSatisfy({ $0.weight > 0 }),
        let weights = tableau.tokenWeights(equation)
      else { continue }
      // It is as large as it can be, so that another look would find the same.
      hopeless.insert(place)
      if let invariant = Invariant(weights, of: net, incidence: incidence) { offer(invariant) }
    }
  }

  /// Marks the places that grow without end when a variable does; the linear program knows no bound of them.
  private mutating func follow(_ direction: Int) {
    for equation in tableau.equations where equation.solved < net.places.count {
      if equation.vector[at: direction] < 0 { hopeless.insert(equation.solved) }
    }
    if direction < net.places.count { hopeless.insert(direction) }
  }
}
