internal import JSON

/// The methods of timestamps and durations.
let timeMethods: [String: Function] = [
  "getFullYear": part { $0.year }, "getMonth": part { $0.month - 1 }, "getDate": part { $0.day },
  "getDayOfMonth": part { $0.day - 1 }, "getDayOfWeek": part { $0.weekday }, "getDayOfYear": part { $0.yearday },
  "getHours": part({ $0.hour }, ofDuration: { $0 / 3_600_000_000_000 }),
  "getMinutes": part({ $0.minute }, ofDuration: { $0 / 60_000_000_000 }),
  "getSeconds": part({ $0.second }, ofDuration: { $0 / 1_000_000_000 }),
  "getMilliseconds": part({ $0.millisecond }, ofDuration: { $0 / 1_000_000 % 1000 }),
]

extension Expression {
  /// The methods that give a part of a timestamp or a duration.
  public static let timeParts: Set<String> = Set(timeMethods.keys)
}

/// A method that gives a part of a timestamp, in UTC or in a time zone, or of a duration.
private func part(
  _ part: @escaping @Sendable (LocalTime) -> Int, ofDuration: (@Sendable (Int64) -> Int64)? = nil
) -> Function {
  { arguments throws(FunctionError) in
    switch (arguments[0], arguments.count) {
    case (.timestamp(let time), 1): return .int(Int64(part(LocalTime(time))))
    case (.timestamp(let time), 2):
      guard case .string(let zone) = arguments[1] else { throw .noOverload }
      let offset = try offset(of: zone.string, at: time)
      return .int(Int64(part(LocalTime(time + Int128(offset) * 1_000_000_000))))
    case (.duration(let duration), 1):
      guard let ofDuration else { throw .noOverload }
      return .int(ofDuration(duration))
    default: throw .noOverload
    }
  }
}

/// A time as calendars and clocks show it.
private struct LocalTime {
  let year, month, day, weekday, yearday, hour, minute, second, millisecond: Int

  /// - Parameter time: nanoseconds since the beginning of 1970 there.
  init(_ time: Int128) {
    let days = Int(floorDivision(time, 86_400_000_000_000))
    let rest = Int(time - Int128(days) * 86_400_000_000_000)
    (year, month, day) = civil(days)
    weekday = ((days + 4) % 7 + 7) % 7
    yearday = days - days1970(year, 1, 1)
    hour = rest / 3_600_000_000_000
    minute = rest / 60_000_000_000 % 60
    second = rest / 1_000_000_000 % 60
    millisecond = rest / 1_000_000 % 1000
  }
}

/// The day that is so many days after 1970-01-01.
private func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
  // Counted from 0000-03-01, so that the leap day is the last of a year, in eras of 400 years.
  let shifted = days + 719_468
  let era = floorDivision(shifted, 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let month = (5 * dayOfYear + 2) / 153
  return (
    yearOfEra + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9,
    dayOfYear - (153 * month + 2) / 5 + 1
  )
}

/// How many days after 1970-01-01 a day is.
private func days1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let shifted = month > 2 ? year : year - 1
  let era = floorDivision(shifted, 400)
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// A quotient of which the rest is not negative.
func floorDivision<Number: BinaryInteger>(_ number: Number, _ divisor: Number) -> Number {
  let quotient = number / divisor
  return number % divisor < 0 ? quotient - 1 : quotient
}

/// A timestamp, unless it is outside the years 1 to 9999.
func timestamp(_ nanoseconds: Int128) throws(FunctionError) -> Value {
  let first = Int128(-62_135_596_800) * 1_000_000_000
  let end = Int128(253_402_300_800) * 1_000_000_000
  guard first <= nanoseconds, nanoseconds < end else {
    throw FunctionError("a timestamp is within the years 1 to 9999")
  }
  return .timestamp(nanoseconds)
}

/// A duration, unless 64 bits cannot hold its nanoseconds: that is some 292 years.
func duration(_ nanoseconds: Int128) throws(FunctionError) -> Value {
  guard let duration = Int64(exactly: nanoseconds) else { throw .overflow }
  return .duration(duration)
}

/// The time that a text of RFC 3339 means, with at most nine digits of a second; nil when it is none.
func nanoseconds(ofTimestamp text: String) -> Int128? {
  var rest = Array(text.utf8)[...]
  func take(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }
  func number(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 & 0xF) }
  }
  guard let year = number(4), take("-"), let month = number(2), 1...12 ~= month, take("-"), let day = number(2),
    day >= 1, civil(days1970(year, month, day)) == (year, month, day), take("T") || take("t"), let hour = number(2),
    hour < 24, take(":"), let minute = number(2), minute < 60, take(":"), let second = number(2), second < 60
  else { return nil }
  var fraction = 0
  if take(".") {
    let count = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
    guard 1...9 ~= count, let digits = number(count) else { return nil }
    fraction = (count..<9).reduce(digits) { digits, _ in digits * 10 }
  }
  var offset = 0
  if !take("Z"), !take("z") {
    let sign = rest.first == UInt8(ascii: "-") ? -1 : 1
    guard take("+") || take("-"), let hours = number(2), hours < 24, take(":"), let minutes = number(2), minutes < 60
    else { return nil }
    offset = sign * (hours * 3600 + minutes * 60)
  }
  guard rest.isEmpty else { return nil }
  let seconds = days1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  return Int128(seconds) * 1_000_000_000 + Int128(fraction)
}

/// A time as RFC 3339 writes it in UTC, without zeros at the end of its fraction.
func printed(timestamp time: Int128) -> String {
  let local = LocalTime(time)
  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  let fraction = Int(time - floorDivision(time, 1_000_000_000) * 1_000_000_000)
  return "\(padded(local.year, 4))-\(padded(local.month, 2))-\(padded(local.day, 2))T\(padded(local.hour, 2)):"
    + "\(padded(local.minute, 2)):\(padded(local.second, 2))\(printed(fraction: fraction))Z"
}

/// A duration in seconds: `1.5s`.
func printed(duration: Int64) -> String {
  let magnitude = duration.magnitude
  return "\(duration < 0 ? "-" : "")\(magnitude / 1_000_000_000)\(printed(fraction: Int(magnitude % 1_000_000_000)))s"
}

/// Nanoseconds behind a point, without zeros at the end; nothing for none.
private func printed(fraction: Int) -> String {
  guard fraction > 0 else { return "" }
  let digits = String(String(1_000_000_000 + fraction).dropFirst())
  return "." + digits.prefix(digits.count - digits.reversed().prefix { $0 == "0" }.count)
}

/// The nanoseconds of a duration as Go writes it, `-1h2m3.5s`; what is finer is left off. Nil when it is none.
func nanoseconds(ofDuration text: String) -> Int128? {
  var rest = Substring(text)
  let isNegative = rest.hasPrefix("-")
  if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
  if rest == "0" { return 0 }
  guard !rest.isEmpty else { return nil }
  let units: [(String, Int)] = [
    ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]
  var total = Decimal(0)
  while !rest.isEmpty {
    let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
    rest = rest[digits.endIndex...]
    guard let number = Decimal(digits.hasPrefix(".") ? "0" + digits : digits),
      let unit = units.first(where: { rest.hasPrefix($0.0) })
    else { return nil }
    rest = rest.dropFirst(unit.0.count)
    total = total + (number * Decimal(unit.1)).truncated
  }
  return Int128((isNegative ? -total : total).description)
}
