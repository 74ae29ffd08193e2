extension Decimal {
  /// The sum.
  public static func + (first: Decimal, second: Decimal) -> Decimal {
    if first.isZero { return second }
    if second.isZero { return first }
    let exponent = min(first.exponent, second.exponent)
    let (own, others) = (first.digits(downTo: exponent), second.digits(downTo: exponent))
    if first.isNegative == second.isNegative {
      return Decimal(isNegative: first.isNegative, digits: sum(own, others), exponent: exponent)
    }
    return first.magnitude >= second.magnitude
      ? Decimal(isNegative: first.isNegative, digits: difference(own, others), exponent: exponent)
      : Decimal(isNegative: second.isNegative, digits: difference(others, own), exponent: exponent)
  }

  /// The difference.
  public static func - (first: Decimal, second: Decimal) -> Decimal { first + -second }

  /// The number with the other sign.
  public static prefix func - (number: Decimal) -> Decimal {
    Decimal(isNegative: !number.isNegative, digits: number.digits, exponent: number.exponent)
  }

  /// The product, with all its digits.
  public static func * (first: Decimal, second: Decimal) -> Decimal {
    var places = [Int](repeating: 0, count: first.digits.count + second.digits.count)
    for (row, digit) in first.digits.reversed().enumerated() {
      var carry = 0
      for (column, other) in second.digits.reversed().enumerated() {
        carry += places[row + column] + Int(digit) * Int(other)
        places[row + column] = carry % 10
        carry /= 10
      }
      places[row + second.digits.count] += carry
    }
    return Decimal(
      isNegative: first.isNegative != second.isNegative, digits: places.reversed().map { UInt8($0) },
      exponent: first.exponent + second.exponent)
  }

  /// The quotient, whose digits after so many behind the point are left off; nil when the divisor is zero.
  public func divided(by divisor: Decimal, fractionDigits: Int) -> Decimal? {
    guard !divisor.isZero else { return nil }
    // (digits * 10^exponent) / (divisor.digits * 10^divisor.exponent), counted in units of 10^-fractionDigits.
    let shift = exponent - divisor.exponent + fractionDigits
    let dividend = digits + Array(repeating: 0, count: max(shift, 0))
    let divisorDigits = divisor.digits + Array(repeating: 0, count: max(-shift, 0))
    return Decimal(
      isNegative: isNegative != divisor.isNegative, digits: quotient(dividend, divisorDigits),
      exponent: -fractionDigits)
  }

  /// The number without its fraction.
  public var truncated: Decimal {
    guard exponent < 0 else { return self }
    return Decimal(isNegative: isNegative, digits: digits.dropLast(-exponent), exponent: 0)
  }

  /// The digits down to a power of ten that is not above the last one's.
  private func digits(downTo power: Int) -> [UInt8] { digits + Array(repeating: 0, count: exponent - power) }
}

private func sum(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var carry: UInt8 = 0
  for place in 1...max(first.count, second.count) {
    let total = digit(first, place) + digit(second, place) + carry
    result.append(total % 10)
    carry = total / 10
  }
  result.append(carry)
  return result.reversed()
}

/// The difference of digits from as many or more that make a number at least as large.
private func difference(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var borrow: UInt8 = 0
  for place in 1...max(first.count, second.count) {
    let (own, taken) = (digit(first, place), digit(second, place) + borrow)
    borrow = own < taken ? 1 : 0
    result.append(own + 10 * borrow - taken)
  }
  return result.reversed()
}

/// How often the second number goes into the first.
private func quotient(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var rest: [UInt8] = []
  for digit in first {
    if !rest.isEmpty || digit != 0 { rest.append(digit) }
    var count: UInt8 = 0
    while rest.count > second.count || rest.count == second.count && !rest.lexicographicallyPrecedes(second) {
      rest = Array(difference(rest, second).drop { $0 == 0 })
      count += 1
    }
    result.append(count)
  }
  return result
}

/// A digit by its place from the end, counted from one; 0 before the first.
private func digit(_ digits: [UInt8], _ place: Int) -> UInt8 {
  place <= digits.count ? digits[digits.count - place] : 0
}
