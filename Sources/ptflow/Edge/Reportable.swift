/// An error that a command reports: in words to people, as JSON to programs, and by the exit code to both.
protocol Reportable: Error {
  /// What is wrong and what to do about it, for people.
  var words: Words { get }
  /// The same for programs; an object.
  var jsonValue: JSONValue { get }
  /// How the program ends.
  var exitStatus: ExitStatus { get }
}

extension Reportable {
  var exitStatus: ExitStatus { .refused }
}

extension Reportable where Self: CustomStringConvertible {
  var words: Words { "error: \(description)" }
  var jsonValue: JSONValue { ["message": .string(description)] }
}
