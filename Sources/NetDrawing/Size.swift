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
    let text = label.printable
    return (text.count > 40 ? text.prefix(39) + "…" : text) + limit
  }

  /// The paper that it takes with its label: of a place below it, otherwise inside.
  var size: Size {
    switch shape {
    case .place:
      Size(width: max(2 * Self.radius, shortLabel.width), height: 2 * (Self.radius + Self.lineHeight))
    case .transition, .marking: Size(width: max(Self.boxHeight, shortLabel.width + 16), height: Self.boxHeight)
    }
  }
}

extension String {
  /// About how wide it is at 11 pixels, in a font without serifs.
  var width: Double {
    unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 11.5 : 6.4) }
  }
}
