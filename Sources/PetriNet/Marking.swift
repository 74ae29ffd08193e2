/// How many tokens each place holds, in the order of `Net.places`.
public struct Marking: Hashable, Sendable {
  /// The counts, none negative.
  public var counts: [Int]

  /// A marking.
  public init(_ counts: [Int]) {
    self.counts = counts
  }

  /// The tokens of a place.
  public subscript(place: Int) -> Int {
    get { counts[place] }
    set { counts[place] = newValue }
  }
}
