import Glibc

/// A user of the operating system.
struct OSUser: Hashable, Sendable {
  let id: uid_t
  let group: gid_t
  let name: String
  let home: String

  /// Who runs this program, with the rights that it has now.
  static var current: OSUser { withID(geteuid()) }

  /// The user with a number; one without an entry, as in containers, is still somebody.
  static func withID(_ id: uid_t) -> OSUser {
    lookUp { entry, buffer, size, found in getpwuid_r(id, entry, buffer, size, found) }
      ?? OSUser(id: id, group: getegid(), name: "\(id)", home: "/nonexistent")
  }

  /// The user of that name, if there is one.
  static func named(_ name: String) -> OSUser? {
    lookUp { entry, buffer, size, found in getpwnam_r(name, entry, buffer, size, found) }
  }

  private typealias Entry = UnsafeMutablePointer<passwd>

  private static func lookUp(
    _ call: (Entry, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<Entry?>) -> Int32
  ) -> OSUser? {
    var size = 1024
    while size <= 1 << 20 {
      var entry = passwd()
      var found: Entry?
      var buffer = [CChar](repeating: 0, count: size)
      // The entry points into the buffer, so it is read while the buffer is lent.
      let (code, user) = buffer.withUnsafeMutableBufferPointer { buffer -> (Int32, OSUser?) in
        guard let base = buffer.baseAddress else { return (ENOMEM, nil) }
        let code = call(&entry, base, buffer.count, &found)
        guard code == 0, found != nil else { return (code, nil) }
        return (0, OSUser(entry))
      }
      guard code == ERANGE else { return user }
      size *= 4
    }
    return nil
  }

  private init(_ entry: passwd) {
    self.init(
      id: entry.pw_uid, group: entry.pw_gid, name: String(cString: entry.pw_name), home: String(cString: entry.pw_dir))
  }

  private init(id: uid_t, group: gid_t, name: String, home: String) {
    self.id = id
    self.group = group
    self.name = name
    self.home = home
  }
}
