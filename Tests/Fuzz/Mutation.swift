@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int) -> Int

/// libFuzzer asks this for the next input: half of them change bytes, as libFuzzer does by itself, half change XML.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int, _ seed: CUnsignedInt) -> Int {
  var random = Random(state: UInt64(seed))
  if random.below(2) == 0 { return mutateBytes(data, size, capacity) }
  var text = Array(UnsafeBufferPointer(start: data, count: size))
  for _ in 0...random.below(3) { text = mutated(text, &random) }
  let length = min(text.count, capacity)
  guard length > 0 else { return mutateBytes(data, size, capacity) }
  for index in 0..<length { data[index] = text[index] }
  return length
}

/// A generator that gives the same numbers from the same seed (SplitMix64).
private struct Random {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  mutating func one<Element>(of elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
}

private func mutated(_ text: [UInt8], _ random: inout Random) -> [UInt8] {
  let tags = ranges(in: text, from: UInt8(ascii: "<"), to: UInt8(ascii: ">"))
  let elements = elements(tags, in: text)
  if tags.isEmpty || random.below(6) == 0 { return withOtherWords(text, &random) }
  switch random.below(11) {
  case 0:  // drop an element, or one tag
    guard let range = random.one(of: random.below(2) == 0 ? elements : tags) else { return text }
    return replacing(range, in: text, with: [])
  case 1:  // say an element twice, or many times
    guard let range = random.one(of: elements) else { return text }
    let times = random.below(8) == 0 ? 200 : 2
    return replacing(range, in: text, with: Array(repeatElement(text[range], count: times).joined()))
  case 2:  // move an element to another place
    guard let range = random.one(of: elements), let place = random.one(of: tags) else { return text }
    let element = Array(text[range])
    guard place.upperBound <= range.lowerBound || place.lowerBound >= range.upperBound else { return text }
    if place.upperBound <= range.lowerBound {
      let without = replacing(range, in: text, with: [])
      return replacing(place.upperBound..<place.upperBound, in: without, with: element)
    }
    let with = replacing(place.lowerBound..<place.lowerBound, in: text, with: element)
    return replacing(range, in: with, with: [])
  case 3:  // put one element for another
    guard let range = random.one(of: elements), let other = random.one(of: elements) else { return text }
    return replacing(range, in: text, with: Array(text[other]))
  case 4:  // another value of an attribute
    let quoted = ranges(in: text, from: UInt8(ascii: "\""), to: UInt8(ascii: "\""))
    guard let range = random.one(of: quoted), let value = random.one(of: hardValues) else { return text }
    return replacing(range, in: text, with: Array("\"\(value)\"".utf8))
  case 5:  // another text of an element
    let texts = ranges(in: text, from: UInt8(ascii: ">"), to: UInt8(ascii: "<"))
    guard let range = random.one(of: texts), let value = random.one(of: hardValues) else { return text }
    return replacing(range, in: text, with: Array(">\(value)<".utf8))
  case 6:  // another name of a tag
    guard let range = random.one(of: tags), let name = random.one(of: tagNames) else { return text }
    return replacing(range, in: text, with: Array("<\(name)>".utf8))
  case 7:  // another beginning
    guard let beginning = random.one(of: beginnings) else { return text }
    return Array(beginning.utf8) + text
  case 8:  // deep nesting
    guard let range = random.one(of: elements), let name = random.one(of: tagNames) else { return text }
    let depth = [2, 50, 199, 201, 500][random.below(5)]
    let open = Array(repeatElement(Array("<\(name)>".utf8), count: depth).joined())
    let close = Array(repeatElement(Array("</\(name)>".utf8), count: depth).joined())
    return replacing(range, in: text, with: open + Array(text[range]) + close)
  case 9:  // cut off
    return Array(text.prefix(random.below(text.count + 1)))
  default:  // a piece of this file elsewhere in it
    guard let range = random.one(of: tags), let place = random.one(of: tags) else { return text }
    return replacing(place.lowerBound..<place.lowerBound, in: text, with: Array(text[range]))
  }
}

/// A change of a text that is no XML: a word dropped, said again elsewhere, or replaced.
private func withOtherWords(_ text: [UInt8], _ random: inout Random) -> [UInt8] {
  let words = words(in: text)
  guard let range = random.one(of: words), let other = random.one(of: words) else { return text }
  switch random.below(6) {
  case 0: return replacing(range, in: text, with: [])
  case 1: return replacing(range, in: text, with: Array(text[other]))
  case 2: return replacing(other.lowerBound..<other.lowerBound, in: text, with: Array(text[range]) + [0x20])
  case 3:
    guard let value = random.one(of: hardValues + textWords) else { return text }
    return replacing(range, in: text, with: Array(value.utf8))
  case 4:
    let bracket: UInt8 = random.below(2) == 0 ? 0x5B : 0x7B
    return replacing(range, in: text, with: Array(repeating: bracket, count: [2, 199, 201, 5000][random.below(4)]))
  default: return Array(text.prefix(random.below(text.count + 1)))
  }
}

/// The runs of letters and digits, and each other character that is no white space.
private func words(in text: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start: Int?
  for (index, byte) in text.enumerated() {
    let isLetter = byte >= 0x80 || Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    if isLetter {
      start = start ?? index
      continue
    }
    if let begun = start { found.append(begun..<index) }
    start = nil
    if byte > 0x20 { found.append(index..<index + 1) }
  }
  if let begun = start { found.append(begun..<text.count) }
  return found
}

private func replacing(_ range: Range<Int>, in text: [UInt8], with replacement: [UInt8]) -> [UInt8] {
  Array(text[..<range.lowerBound]) + replacement + Array(text[range.upperBound...])
}

/// The ranges that begin with one byte and end with the next of the other.
private func ranges(in text: [UInt8], from first: UInt8, to last: UInt8) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start: Int?
  for (index, byte) in text.enumerated() {
    if let begun = start, byte == last {
      found.append(begun..<index + 1)
      start = nil
    } else if byte == first {
      start = index
    }
  }
  return found
}

/// The elements whose tags fit, each from its `<` to the end of its end tag.
private func elements(_ tags: [Range<Int>], in text: [UInt8]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var open: [Range<Int>] = []
  for tag in tags {
    if tag.count > 2, text[tag.lowerBound + 1] == UInt8(ascii: "/") {
      if let begun = open.popLast() { found.append(begun.lowerBound..<tag.upperBound) }
    } else if tag.count > 2, text[tag.upperBound - 2] == UInt8(ascii: "/") {
      found.append(tag)
    } else {
      open.append(tag)
    }
  }
  return found
}

/// Values on which readers stumble.
private let hardValues = [
  "", " ", "0", "-1", "1", "2", "00", "+1", "1.0", "1e3", "9223372036854775807", "9223372036854775808",
  "18446744073709551616", "-9223372036854775808", "99999999999999999999999999999999999999", "4294967296", "32767",
  "32768",
  "2147483648", "NaN", "inf", "1e309", "-0.0", "0x10", "١", "Default,1", "Default,9223372036854775807", "a,1,b,2", ",",
  "p1",
  "t1", "*", "default", "ptflow", "public", "pg_x", "id", "seq", "&amp;", "&lt;", "&#0;", "&#x10FFFF;", "&#xD800;",
  "&x;",
  "$$", "$body1$", "';--", "\\", "e\u{301}", "\u{202e}", "\u{2028}", "🐘", "inhibitor", "reset", "read", "test",
  "regular",
  "normal", "true", "false", "role_a", "a_role", "P/T net", "http://www.pnml.org/version-2009/grammar/ptnet",
  String(repeating: "x", count: 64), String(repeating: "é", count: 300),
]

private let tagNames = [
  "pnml", "net", "page", "place", "transition", "arc", "name", "text", "value", "initialMarking", "capacity",
  "inscription",
  "type", "arctype", "toolspecific", "graphics", "position", "offset", "referencePlace", "referenceTransition",
  "document",
  "subnet", "rootSubnet", "label", "tokens", "multiplicity", "sourceId", "destinationId", "realSourceId", "role",
  "token",
  "inhibitorArc", "transitionResource", "resources", "isStatic", "x", "y", "id", "/place", "/net", "![CDATA[", "!--",
  "?xml",
]

private let textWords = [
  "tr", "pl", "net", "pr", "nt", "lb", "->", "(2)", "{", "}", "?-3", "!1", "[0,w[", "]1,w[", "\\}", "PLACE", "MARKING",
  "TRANSITION", "CONSUME", "PRODUCE", "SAFE", ";", ":", ",", "[model]", "keys", "OnSuccess", "input_ports=all", "null",
  "true", "[1,2]", "{}", "\"initial\"", "\"weight\": 0", "\"\\ud83c\"", "\"\\u0000\"", "\"inhibitTransition\": true",
  "\"machine\"",
  "\"delta\"", "1e5", "-0", "// ",
]

private let beginnings = [
  "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
  "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<?xml version=\"1.1\"?>",
  "<?xml version=\"1.0\" encoding=\"EBCDIC\"?>",
  "<!DOCTYPE pnml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>", "<!DOCTYPE pnml SYSTEM \"/etc/hostname\">",
  "\u{feff}", "<!-- -->", "\n\n", " ", "<",
]
