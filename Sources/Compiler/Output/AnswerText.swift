internal import PetriNet
internal import SQL

extension NetPlan {
  /// The text of a marking as a JSON object, by the places' own names.
  ///
  /// The keys stand in the order in which `jsonb` keeps them, the shorter ones first: it does not sort what is sorted.
  ///
  /// - Parameter marking: an array of counts, in the order of the net.
  /// - Returns: an expression of type text.
  func markingText(_ marking: SQL) -> SQL {
    let keys = places.map { json($0.place.name) }
    let order = keys.indices.sorted { first, second in
      let (a, b) = (keys[first].utf8, keys[second].utf8)
      return a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
    }
    let isInOrder = order == Array(keys.indices)
    let pairs = order.map { "\(inFormat(keys[$0])): \(isInOrder ? "%s" : "%\($0 + 1)$s")" }
    let lines = stride(from: 0, to: pairs.count, by: 8).map { start in
      let end = min(start + 8, pairs.count)
      return pairs[start..<end].joined(separator: ", ") + (end < pairs.count ? ", " : "")
    }
    let template = (lines.isEmpty ? [""] : lines).enumerated().map { index, line in
      "\(string: (index == 0 ? "{" : "") + line + (index >= lines.count - 1 ? "}" : ""))" as SQL
    }
    return "format(\(template, separator: "\n|| "), VARIADIC \(marking))"
  }
}

/// A text as it stands in a template of `format`.
func inFormat(_ text: String) -> String { doubled(text, "%") }
