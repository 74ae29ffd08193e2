import Glibc

/// Where a symbolic link points; nil when it is none.
func linkTarget(_ path: String) -> String? {
  let capacity = Int(PATH_MAX)
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
    guard let base = buffer.baseAddress else { return nil }
    let length = readlink(path, base, capacity)
    guard length > 0 else { return nil }
    return String(decoding: UnsafeRawBufferPointer(start: base, count: length), as: UTF8.self)
  }
}

/// A path without symbolic links and dots; nil when nothing is there.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}
