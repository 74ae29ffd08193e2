public import PetriNet
public import TestNets

extension Net {
  /// A query about tokens, deadlocks and what is enabled.
  public func randomQuery(depth: Int, using generator: inout SeededGenerator) -> String {
    if depth > 0, generator.once(in: 2) {
      let parts = (0..<2).map { _ in randomQuery(depth: depth - 1, using: &generator) }
      return "(\(parts[0]) \(generator.once(in: 2) ? "and" : "or") \(parts[1]))"
    }
    if generator.once(in: 6) { return "not \(randomQuery(depth: 0, using: &generator))" }
    if generator.once(in: 8) { return "deadlock" }
    if generator.once(in: 6), let transition = transitions.randomElement(using: &generator) {
      return "enabled(\(transition.name))"
    }
    let names = (0..<2).map { _ in places.randomElement(using: &generator)?.name ?? "" }
    let sign = ["<", "<=", "=", "<>", ">=", ">"].randomElement(using: &generator) ?? "="
    let number = Int.random(in: 0...6, using: &generator)
    return generator.once(in: 2)
      ? "\(names[0]) \(sign) \(number)" : "\(names[0]) + 2 * \(names[1]) \(sign) \(number)"
  }

  /// A property of runs over such queries.
  public func randomProperty(depth: Int, using generator: inout SeededGenerator) -> String {
    func part() -> String { randomProperty(depth: depth - 1, using: &generator) }
    guard depth > 0 else {
      if generator.once(in: 5) { return randomQuery(depth: 1, using: &generator) }
      let place = places.randomElement(using: &generator)?.name ?? ""
      let sign = ["<", "<=", "=", "<>", ">=", ">"].randomElement(using: &generator) ?? "="
      return "\(place) \(sign) \(Int.random(in: 0...4, using: &generator))"
    }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<6:
      let word = ["AG", "AF", "AX", "EG", "EF", "EX"].randomElement(using: &generator) ?? "AG"
      return "\(word) (\(part()))"
    case 6: return "A[\(part()) U \(part())]"
    case 7: return "E[\(part()) U \(part())]"
    case 8: return "(\(part())) -> (\(part()))"
    default: return "not (\(part())) and (\(part()))"
    }
  }
}
