internal import PetriNet

/// Some of the transitions of a net, which one function fires.
///
/// PL/pgSQL compiles a function whole when a connection calls it first, in a time that grows with the square of its
/// length. So a net of many transitions is fired by several functions, of which a connection compiles those that it needs.
public struct FiringPart: Hashable, Sendable {
  /// The transitions, by the bytes of their names.
  public let transitions: ArraySlice<TransitionPlan>
  /// The function; nil where the net has one part, which stands in the functions that fire.
  public let function: String?

  /// The most transitions of a part.
  static let most = 200
}

extension NetPlan {
  /// All transitions, by the bytes of their names.
  public var parts: [FiringPart] {
    let sorted = transitions.sorted { $0.transition.name.utf8.lexicographicallyPrecedes($1.transition.name.utf8) }
    let count = FiringPart.count(for: sorted.count)
    guard count > 1 else { return [FiringPart(transitions: sorted[...], function: nil)] }
    return (0..<count).map { part in
      let range = part * sorted.count / count..<(part + 1) * sorted.count / count
      return FiringPart(transitions: sorted[range], function: FiringPart.function(part))
    }
  }
}

extension FiringPart {
  /// Into how many parts so many transitions are divided.
  fileprivate static func count(for transitions: Int) -> Int { (transitions + most - 1) / most }

  fileprivate static func function(_ part: Int) -> String { "step_\(part + 1)" }

  /// The functions of the parts of so many transitions, none where there is one part.
  static func functions(for transitions: Int) -> [String] {
    let count = count(for: transitions)
    return count > 1 ? (0..<count).map(function) : []
  }
}
