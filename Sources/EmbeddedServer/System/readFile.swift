import Glibc

/// The text of a small file, or of its last bytes, without those before `start`; nil when it cannot be read or is no
/// regular file.
func readFile(_ path: String, last limit: Int = 1 << 16, from start: Int = 0) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  guard let facts = FileFacts(descriptor), facts.isRegular else { return nil }
  lseek(descriptor, off_t(max(start, facts.size - limit, 0)), SEEK_SET)
  return readToEnd(descriptor)
}

/// What can be read until the end, or until reading fails.
func readToEnd(_ descriptor: Int32) -> String {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      bytes += chunk[..<count]
    } else if count == 0 || errno != EINTR {
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
