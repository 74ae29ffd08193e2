/// A URI or a part of one (RFC 3986), as `$id` and `$ref` hold them.
struct URIReference: Hashable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  /// Takes a text apart as appendix B of the RFC does: every text is a reference.
  init(_ text: String) {
    var rest = Substring(text)
    func cut(at mark: Character) -> String? {
      guard let index = rest.firstIndex(of: mark) else { return nil }
      defer { rest = rest[..<index] }
      return String(rest[rest.index(after: index)...])
    }
    fragment = cut(at: "#")
    query = cut(at: "?")
    if let colon = rest.firstIndex(of: ":"), colon > rest.startIndex, !rest[..<colon].contains("/") {
      scheme = String(rest[..<colon]).lowercased()
      rest = rest[rest.index(after: colon)...]
    }
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      authority = String(rest[..<end])
      rest = rest[end...]
    }
    path = String(rest)
  }

  /// The reference as seen from a base (section 5.2 of the RFC).
  func resolved(against base: URIReference) -> URIReference {
    var target = self
    guard scheme == nil else {
      target.path = withoutDots(path)
      return target
    }
    target.scheme = base.scheme
    if authority != nil {
      target.path = withoutDots(path)
      return target
    }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.hasPrefix("/") {
      target.path = withoutDots(path)
    } else if base.authority != nil && base.path.isEmpty {
      target.path = withoutDots("/" + path)
    } else {
      let folder = base.path.lastIndex(of: "/").map { base.path[...$0] } ?? ""
      target.path = withoutDots(folder + path)
    }
    return target
  }

  /// The same without its fragment.
  var resource: URIReference {
    var resource = self
    resource.fragment = nil
    return resource
  }

  /// The fragment with its %XX decoded.
  var decodedFragment: String {
    var bytes: [UInt8] = []
    var rest = Array((fragment ?? "").utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A path whose `.` and `..` are carried out (section 5.2.4 of the RFC).
private func withoutDots(_ path: some StringProtocol) -> String {
  var kept: [Substring] = []
  let parts = Substring(path).split(separator: "/", omittingEmptySubsequences: false)
  for (index, part) in parts.enumerated() {
    let isLast = index == parts.count - 1
    switch part {
    case ".": if isLast { kept.append("") }
    case "..":
      if kept.count > 1 || kept.first.map({ !$0.isEmpty }) == true { kept.removeLast() }
      if isLast { kept.append("") }
    default: kept.append(part)
    }
  }
  return kept.joined(separator: "/")
}
