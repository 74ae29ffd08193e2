internal import Crypto

/// The longest identifier of PostgreSQL, in bytes.
private let longest = 63

/// An identifier for each name, all different, none of them reserved.
///
/// A name that fits is its own identifier, whatever else there is. The others are cut and marked with a digest of the
/// whole name, or numbered, in order: so the same names always get the same identifiers.
public func identifiers(for names: [String], reserved: Set<String>) -> [String] {
  func fits(_ name: String) -> Bool { name.utf8.count <= longest && !reserved.contains(name) }
  var taken = reserved.union(names.filter(fits))
  return names.map { name in
    guard !fits(name) else { return name }
    var identifier = identifier(for: name)
    var number = 2
    while !taken.insert(identifier).inserted {
      let suffix = "_\(number)"
      identifier = cut(name, to: longest - suffix.utf8.count) + suffix
      number += 1
    }
    return identifier
  }
}

/// An identifier for a name: itself, or when it is too long its beginning and a digest.
public func identifier(for name: String) -> String {
  guard name.utf8.count > longest else { return name }
  let digest = SHA256.hash(data: Array(name.utf8)).prefix(4).map { byte in
    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }
  return cut(name, to: longest - 9) + "_" + digest.joined()
}

/// The longest beginning of a name that has at most so many bytes and no half a character.
private func cut(_ name: String, to bytes: Int) -> String {
  var scalars = String.UnicodeScalarView()
  var length = 0
  for scalar in name.unicodeScalars {
    length += String(scalar).utf8.count
    if length > bytes { break }
    scalars.append(scalar)
  }
  return String(scalars)
}
