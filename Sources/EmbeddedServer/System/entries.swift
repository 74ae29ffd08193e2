import Glibc

/// The names in a directory, without `.` and `..`; none when it cannot be read.
func entries(of directory: String) -> [String] {
  guard let stream = opendir(directory) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    withUnsafeBytes(of: &entry.pointee.d_name) { name in
      let name = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      if name != ".", name != ".." { names.append(name) }
    }
  }
  return names
}
