internal import JSONSchema
internal import SQL

/// A JSON pointer that is put together when it is needed: of constants and of variables.
struct PointerExpression {
  private enum Piece {
    case constant(String)
    /// A variable, as text.
    case variable(SQL)
  }

  private let pieces: [Piece]

  /// The pointer to the whole document.
  static let root = PointerExpression(pieces: [.constant("")])

  /// The pointer to a member by its name.
  func member(_ name: String) -> PointerExpression { adding([.constant("/" + escapedStep(name))]) }

  /// The pointer to a member whose name is in a variable.
  func member(_ variable: SQL) -> PointerExpression {
    adding([.constant("/"), .variable("replace(replace(\(variable), '~', '~0'), '/', '~1')")])
  }

  /// The pointer to an item by its number.
  func index(_ number: Int) -> PointerExpression { adding([.constant("/\(number)")]) }

  /// The pointer to an item whose number is in a variable.
  func index(_ variable: SQL) -> PointerExpression { adding([.constant("/"), .variable(variable)]) }

  private func adding(_ more: [Piece]) -> PointerExpression {
    var pieces = pieces
    for piece in more {
      if case .constant(let new) = piece, case .constant(let old) = pieces.last {
        pieces[pieces.count - 1] = .constant(old + new)
      } else {
        pieces.append(piece)
      }
    }
    return PointerExpression(pieces: pieces)
  }

  /// The expression.
  var sql: SQL {
    let parts = pieces.map { piece -> SQL in
      switch piece {
      case .constant(let text): "\(string: text)"
      case .variable(let variable): variable
      }
    }
    return parts.joined(separator: " || ")
  }
}
