import PetriNet

/// The most tokens in any of the markings found.
public struct Maxima: Hashable, Sendable {
  /// For each place.
  public let places: [Int]
  /// In all places together; nil when it is more than 64 bits hold.
  public let marking: Int?

  /// The most tokens in one place.
  public var place: Int { places.max() ?? 0 }
}

extension StateSpace {
  /// Looks through all markings found: word by word, and at single places only when one holds more than ever before.
  ///
  /// - Parameter goOn: asked now and then; false ends it.
  /// - Returns: nil when it was ended.
  func maxima(goOn: () -> Bool) -> Maxima? {
    let most = layout.fields.reduce(Int128(0)) { $0 + Int128($1.most) }
    guard let places = placeMaxima(goOn) else { return nil }
    var isDone = true
    let tokens = most <= Int128(Int.max) ? tokenMaximum(goOn, &isDone) : wideTokenMaximum(goOn, &isDone)
    return isDone ? Maxima(places: places, marking: tokens) : nil
  }

  /// Goes through all markings found until a body says that it is enough.
  ///
  /// - Returns: whether the caller wanted to go on.
  private func forEach(_ goOn: () -> Bool, _ body: (UnsafeMutablePointer<UInt64>, Int) -> Bool) -> Bool {
    for index in 0..<count {
      if index & 0xFFFF == 0xFFFF, !goOn() { return false }
      guard body(store[index], index) else { return true }
    }
    return true
  }

  private func placeMaxima(_ goOn: () -> Bool) -> [Int]? {
    var maxima = marking(0).counts
    let words = layout.words
    var larger = LargerThan(maxima, layout)
    let isDone = forEach(goOn) { marking, _ in
      guard larger.holds(marking, words: words) else { return true }
      for place in maxima.indices { maxima[place] = max(maxima[place], layout.tokens(of: place, in: marking)) }
      larger = LargerThan(maxima, layout)
      return true
    }
    return isDone ? maxima : nil
  }

  /// The bits of equal weight of a word are counted together.
  private func tokenMaximum(_ goOn: () -> Bool, _ isDone: inout Bool) -> Int {
    struct Plane {
      let word: Int
      let shift: Int
      var mask: UInt64
    }
    var planes: [Plane] = []
    var constant = 0
    for field in layout.fields {
      if field.width == 0 { constant += field.constant }
      for bit in 0..<field.width {
        let mask = UInt64(1) << UInt64(field.shift + bit)
        if let known = planes.firstIndex(where: { $0.word == field.word && $0.shift == bit }) {
          planes[known].mask |= mask
        } else {
          planes.append(Plane(word: field.word, shift: bit, mask: mask))
        }
      }
    }
    var maximum = 0
    isDone = forEach(goOn) { marking, _ in
      var tokens = 0
      for plane in planes { tokens += (marking[plane.word] & plane.mask).nonzeroBitCount << plane.shift }
      maximum = max(maximum, tokens)
      return true
    }
    return maximum + constant
  }

  private func wideTokenMaximum(_ goOn: () -> Bool, _ isDone: inout Bool) -> Int? {
    var maximum: Int128 = 0
    isDone = forEach(goOn) { _, index in
      maximum = max(maximum, marking(index).counts.reduce(Int128(0)) { $0 + Int128($1) })
      return true
    }
    return Int(exactly: maximum)
  }

  /// The first marking with more than so many tokens in some place, and that place; nil when there is none, or somebody
  /// said to stop.
  func first(above limit: Int, goOn: () -> Bool) -> (index: Int, place: Int)? {
    let words = layout.words
    let larger = LargerThan(layout.fields.map { $0.width == 0 ? $0.constant : limit }, layout)
    if let place = layout.fields.firstIndex(where: { $0.width == 0 && $0.constant > limit }) { return (0, place) }
    var found: (index: Int, place: Int)?
    _ = forEach(goOn) { marking, index in
      guard larger.holds(marking, words: words) else { return true }
      found = layout.fields.indices.first { layout.tokens(of: $0, in: marking) > limit }.map { (index, $0) }
      return found == nil
    }
    return found
  }
}

/// Whether some place of a packed marking holds more than a number of its own: an addition a word.
private struct LargerThan {
  private var addends: [UInt64]
  private var masks: [UInt64]

  init(_ limits: [Int], _ layout: MarkingLayout) {
    addends = Array(repeating: 0, count: layout.words)
    masks = addends
    for (field, limit) in zip(layout.fields, limits) where limit < field.most {
      masks[field.word] |= field.verdict
      if field.width > 1 { addends[field.word] |= UInt64(field.most - limit) << UInt64(field.shift) }
    }
  }

  @inline(__always)
  func holds(_ marking: UnsafePointer<UInt64>, words: Int) -> Bool {
    addends.withUnsafeBufferPointer { addends in
      masks.withUnsafeBufferPointer { masks in
        var exceeds: UInt64 = 0
        for word in 0..<words { exceeds |= (marking[word] &+ addends[word]) & masks[word] }
        return exceeds != 0
      }
    }
  }
}
