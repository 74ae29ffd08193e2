internal import PetriNet

/// The integer type in which a net's markings count; the narrower one comes first.
public enum IntegerType: String, Hashable, Sendable, CaseIterable {
  /// 32 bits.
  case integer
  /// 64 bits.
  case bigint

  /// The largest number that it holds.
  public var most: Int { self == .integer ? Int(Int32.max) : Int.max }

  /// The type that holds everything a firing computes: the counts of all places, and each count with one change added,
  /// which is computed before it is known whether the transition is enabled.
  ///
  /// - Parameters:
  ///   - bounds: the most tokens of each place, nil where no bound is known.
  ///   - changes: what each transition does.
  init(holding bounds: [Int?], and changes: [[Change]]) {
    func fits(_ number: Int) -> Bool { number.magnitude <= Int(Int32.max) }
    let isNarrow =
      bounds.allSatisfy { $0.map(fits) ?? false }
      && changes.joined().allSatisfy { change in
        switch change {
        case .add(let place, let tokens): fits(tokens) && fits((bounds[place] ?? Int.max / 2) + max(tokens, 0))
        case .reset(_, let tokens): fits(tokens)
        }
      }
    self = isNarrow ? .integer : .bigint
  }
}
