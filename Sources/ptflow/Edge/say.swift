import Foundation

/// Prints an answer for people.
func say(_ words: Words) { Swift.print(words.text) }

/// Prints an answer for programs: JSON, on one line and exact.
func sayJSON(_ value: JSONValue) { Swift.print(value.text) }

/// Prints a line for people on standard error.
func standardError(_ words: Words) { FileHandle.standardError.write(Data((words.text + "\n").utf8)) }

/// What is printed is for people or for programs, and has to say so.
@available(*, unavailable, message: "use say(_:) for people and sayJSON(_:) for programs")
func print(_ items: Any...) {}
