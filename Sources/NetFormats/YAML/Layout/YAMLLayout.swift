/// A YAML file as a person wrote it: its values with the comments and the blank lines between them.
struct YAMLLayout {
  /// A comment that has a line of its own.
  struct Comment {
    /// From its `#` to the end of the line.
    let text: String
    /// Where its `#` stands in the line, from 0.
    let column: Int
    /// Whether the line above is empty.
    var isAfterBlank: Bool
  }

  /// A text of the file as it stands there: with its quotes.
  struct Scalar {
    /// Its lines, without white space around them; those of a block text without what they are indented by.
    let lines: [String]
    /// Whether it is a text under `|` or `>`; then the first line is that sign, with what stands behind it.
    let isBlock: Bool
  }

  /// A value.
  indirect enum Node {
    case scalar(Scalar)
    case collection(Collection)
  }

  /// A list or a map.
  struct Collection {
    let isMapping: Bool
    /// Whether it stands in `[ ]` or `{ }`.
    let isFlow: Bool
    var items: [Item] = []
    /// Comments behind the last item, as far to the right as that.
    var footer: [Comment] = []
  }

  /// An item of a list, or a key with its value.
  struct Item {
    /// Comments above it.
    var leading: [Comment] = []
    /// Whether the line above is empty.
    var isAfterBlank = false
    /// The key; nil in a list.
    var key: Scalar?
    /// A comment on the line of the key, where the value begins on a later one.
    var keyComment: String?
    var value = Node.scalar(Scalar(lines: [], isBlock: false))
    /// A comment on the line on which the value ends.
    var trailing: String?
  }

  /// Comments above the value.
  var leading: [Comment] = []
  /// The value.
  var root: Node
  /// A comment on the line on which the value ends.
  var trailing: String?
  /// Comments below the value.
  var footer: [Comment] = []
  /// The text of each comment, sorted.
  let comments: [String]
}

extension YAMLLayout.Node {
  /// Whether there is a comment in it.
  var hasComments: Bool {
    guard case .collection(let collection) = self else { return false }
    return !collection.footer.isEmpty
      || collection.items.contains {
        !$0.leading.isEmpty || $0.keyComment != nil || $0.trailing != nil || $0.value.hasComments
      }
  }
}
