import JSON

/// Finds the first thing that keeps a line from being an event that the database can store; nil when it is one.
func jsonFault(in line: ArraySlice<UInt8>) -> JSONFault? {
  jsonFault(in: line, of: "an event", title: "the line")
}
