/// Lends strings to C as an array of pointers that ends with NULL; nil becomes NULL.
///
/// All of them lie in one buffer, so that a statement with many parameters costs one allocation for their bytes.
func withCStrings<Result>(_ strings: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
  var bytes: [CChar] = []
  let starts = strings.map { string -> Int? in
    guard let string else { return nil }
    defer { bytes.append(contentsOf: string.utf8CString) }
    return bytes.count
  }
  return bytes.withUnsafeBufferPointer { buffer in
    body(starts.map { start in start.flatMap { start in buffer.baseAddress.map { $0 + start } } } + [nil])
  }
}
