extension Net {
  /// The order of a net's parts, which its canonical form does not tell, and the rest that it does not: the drawing.
  ///
  /// What an order does not name, or the net does not have, is passed over; the parts that are not named follow in the order
  /// in which they are.
  public struct Order: Hashable, Sendable {
    /// The names of the places: a marking counts in this order.
    public var places: [String]
    /// The names of the transitions.
    public var transitions: [String]
    /// The names of the roles.
    public var roles: [String]
    /// The roles of a transition, by its name.
    public var rolesOfTransition: [String: [String]]

    /// An order.
    public init(
      places: [String] = [], transitions: [String] = [], roles: [String] = [],
      rolesOfTransition: [String: [String]] = [:]
    ) {
      self.places = places
      self.transitions = transitions
      self.roles = roles
      self.rolesOfTransition = rolesOfTransition
    }
  }

  /// The same net, by its canonical form, with its parts in another order.
  public func inOrder(_ order: Order) -> Net {
    let placeOrder = permutation(of: places.map(\.name), by: order.places)
    let transitionOrder = permutation(of: transitions.map(\.name), by: order.transitions)
    let roleOrder = permutation(of: roles.map(\.name), by: order.roles)
    let newPlace = inverse(placeOrder)
    let newTransition = inverse(transitionOrder)
    let net = try? having(
      places: placeOrder.map { places[$0] },
      transitions: transitionOrder.map { index in
        var transition = transitions[index]
        let names = permutation(of: transition.roles, by: order.rolesOfTransition[transition.name] ?? [])
        transition.roles = names.map { transition.roles[$0] }
        return transition
      },
      arcs: arcs.map { arc in
        var arc = arc
        arc.place = newPlace[arc.place]
        arc.transition = newTransition[arc.transition]
        return arc
      },
      roles: roleOrder.map { roles[$0] })
    guard let net else { preconditionFailure("a net stays well formed when its parts change places") }
    return net
  }
}

/// The indexes of some names, those first that an order names.
private func permutation(of names: [String], by order: [String]) -> [Int] {
  let indexes = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  var seen: Set<Int> = []
  let named = order.compactMap { indexes[$0] }.filter { seen.insert($0).inserted }
  return named + names.indices.filter { !seen.contains($0) }
}

/// Where each index of a permutation went.
private func inverse(_ permutation: [Int]) -> [Int] {
  var inverse = permutation
  for (position, index) in permutation.enumerated() { inverse[index] = position }
  return inverse
}
