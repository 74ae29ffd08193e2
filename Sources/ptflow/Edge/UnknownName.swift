/// A name that a command was given and that nothing in the net has.
struct UnknownName: Error, CustomStringConvertible {
  let kind: String
  let name: String
  let known: [String]

  /// What is wrong, for people, with some of the names that there are.
  var description: String {
    let some = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
    return "there is no \(kind) called \"\(name)\"; there \(known.count == 1 ? "is" : "are") \(some)"
  }
}
