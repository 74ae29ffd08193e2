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
  public var maxima: Maxima {
    let most = layout.fields.reduce(Int128(0)) { $0 + Int128($1.most) }
    return Maxima(places: placeMaxima, marking: most <= Int128(Int.max) ? tokenMaximum : wideTokenMaximum)
  }

  private var placeMaxima: [Int] {
    var maxima = marking(0).counts
    let words = layout.words
    var addends: [UInt64] = []
    var masks: [UInt64] = []
    func refresh() {
      addends = Array(repeating: 0, count: words)
      masks = Array(repeating: 0, count: words)
      for (field, maximum) in zip(layout.fields, maxima) where maximum < field.most {
        masks[field.word] |= field.verdict
        if field.width > 1 { addends[field.word] |= UInt64(field.most - maximum) << UInt64(field.shift) }
      }
    }
    refresh()
    for index in 0..<count {
      let marking = store[index]
      var exceeds: UInt64 = 0
      for word in 0..<words { exceeds |= (marking[word] &+ addends[word]) & masks[word] }
      guard exceeds != 0 else { continue }
      for place in maxima.indices { maxima[place] = max(maxima[place], layout.tokens(of: place, in: marking)) }
      refresh()
    }
    return maxima
  }

  /// The bits of equal weight of a word are counted together.
  private var tokenMaximum: Int {
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
    for index in 0..<count {
      let marking = store[index]
      var tokens = 0
      for plane in planes { tokens += (marking[plane.word] & plane.mask).nonzeroBitCount << plane.shift }
      maximum = max(maximum, tokens)
    }
    return maximum + constant
  }

  private var wideTokenMaximum: Int? {
    var maximum: Int128 = 0
    for index in 0..<count {
      maximum = max(maximum, marking(index).counts.reduce(Int128(0)) { $0 + Int128($1) })
    }
    return Int(exactly: maximum)
  }

  /// The first marking with more than so many tokens in some place, and that place.
  func first(above limit: Int) -> (index: Int, place: Int)? {
    for index in 0..<count {
      for place in layout.fields.indices where layout.tokens(of: place, in: store[index]) > limit {
        return (index, place)
      }
    }
    return nil
  }
}
