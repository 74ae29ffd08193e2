internal import Foundation
internal import JSON

/// Whether a text is a time zone: `+11:00`, `02:00`, or a name of the IANA.
func isTimeZone(_ zone: String) -> Bool { fixedOffset(zone) != nil || namedZone(zone) != nil }

/// How many seconds a zone is ahead of UTC at a time.
func offset(of zone: String, at time: Int128) throws(FunctionError) -> Int {
  if let fixed = fixedOffset(zone) { return fixed }
  guard let named = namedZone(zone) else {
    throw FunctionError("there is no time zone \(Document.string(Text(zone)).json)")
  }
  return named.secondsFromGMT(for: Date(timeIntervalSince1970: Double(floorDivision(time, 1_000_000_000))))
}

private func namedZone(_ name: String) -> TimeZone? {
  guard name.utf8.first.map({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) == true else { return nil }
  return TimeZone(identifier: name)
}

/// The seconds of `+11:00` or `02:00`; nil of anything else.
public func fixedOffset(_ zone: String) -> Int? {
  var rest = Array(zone.utf8)[...]
  var sign = 1
  if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
    sign = rest.removeFirst() == UInt8(ascii: "-") ? -1 : 1
  }
  guard rest.count == 5, rest[rest.startIndex + 2] == UInt8(ascii: ":") else { return nil }
  let digits = rest.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.map { Int($0 & 0xF) }
  guard digits.count == 4, digits[0] * 10 + digits[1] < 24, digits[2] < 6 else { return nil }
  return sign * ((digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60)
}
