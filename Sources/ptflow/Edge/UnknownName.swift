/// A name that a command was given and that nothing in the net has.
struct UnknownName: Reportable, CustomStringConvertible {
  let kind: String
  let name: String
  let known: [String]

  /// What is wrong, for people, with some of the names that there are.
  var description: String {
    let some = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
    return "no \(kind) is called \"\(name)\"; the \(kind)s are \(some)"
  }
}
