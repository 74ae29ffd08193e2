/// How much paper something takes, in pixels.
struct Size: Hashable {
  let width: Double
  let height: Double
}

extension Picture.Node {
  /// The radius of a place.
  static let radius = 20.0
  /// The height of what stands in a box.
  static let boxHeight = 30.0
  /// The height of a line of text.
  static let lineHeight = 14.0

  /// What is written at it, cut where it is long.
  var shortLabel: String {
    let limit = if case .place(_, let capacity?) = shape { " ≤ \(capacity)" } else { "" }
    return label.shortened + limit
  }

  /// What is written at it, line by line.
  var lines: [String] {
    guard case .marking = shape else { return [label] }
    return label.lines(joinedBy: " +")
  }

  /// The same with each line cut where it is long.
  var shortLines: [String] { lines.map(\.shortened) }

  /// The paper that it takes with its label: of a place below it, otherwise inside.
  var size: Size {
    switch shape {
    case .place:
      Size(width: max(2 * Self.radius, shortLabel.width), height: 2 * (Self.radius + Self.lineHeight))
    case .transition: Size(width: max(Self.boxHeight, shortLabel.width + 16), height: Self.boxHeight)
    case .marking:
      Size(
        width: max(Self.boxHeight, (shortLines.map(\.width).max() ?? 0) + 16),
        height: Self.boxHeight + Self.lineHeight * Double(lines.count - 1))
    }
  }
}

extension Picture.Edge {
  /// What is written at it, line by line.
  var lines: [String] { label?.lines(joinedBy: ",") ?? [] }

  /// The same with each line cut where it is long.
  var shortLines: [String] { lines.map(\.shortened) }

  /// The paper that this takes; nil for none.
  var size: Size? {
    shortLines.map(\.width).max().map {
      Size(width: $0 + 8, height: Picture.Node.lineHeight * Double(lines.count))
    }
  }
}

extension String {
  /// The text in lines of about 36 characters, which end between its terms only.
  func lines(joinedBy sign: String) -> [String] {
    var lines: [String] = []
    for term in split(separator: "\(sign) ") {
      if let last = lines.popLast() {
        let joined = "\(last)\(sign) \(term)"
        lines += joined.count <= 36 ? [joined] : [last + sign, String(term)]
      } else {
        lines.append(String(term))
      }
    }
    return lines
  }

  /// The text cut where it is long.
  var shortened: String {
    let text = printable
    return text.count > 40 ? text.prefix(39) + "…" : text
  }

  /// About how wide it is at 11 pixels, in a font without serifs.
  var width: Double {
    unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 11.5 : 6.4) }
  }
}
