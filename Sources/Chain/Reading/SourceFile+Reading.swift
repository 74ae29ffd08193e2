internal import Diagnostics

extension SourceFile {
  /// Reads the file, and says of a fault on which line and column it is.
  func reading<Value>(_ body: () throws(JSONFault) -> Value) throws(Diagnostics) -> Value {
    do {
      return try body()
    } catch {
      throw Diagnostics([Diagnostic(.error, error.message, at: location(ofByte: error.offset))])
    }
  }
}
