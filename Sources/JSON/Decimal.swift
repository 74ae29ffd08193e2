/// A decimal number with all its digits, as PostgreSQL's `numeric` holds it and JSON writes it.
///
/// Equal numbers are equal values: 1, 1.0 and 10e-1 are the same.
public struct Decimal: Hashable, Sendable {
  /// Whether it is below zero.
  public let isNegative: Bool
  /// The digits, 0 to 9, from the first to the last that is not zero; none for zero.
  let digits: [UInt8]
  /// The power of ten of the last digit.
  let exponent: Int

  /// A number by its digits, which may begin or end in zeros.
  init(isNegative: Bool, digits: some Collection<UInt8>, exponent: Int) {
    let all = Array(digits.drop { $0 == 0 })
    let kept = all.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    self.digits = Array(all[..<kept])
    self.isNegative = isNegative && kept > 0
    self.exponent = kept > 0 ? exponent + all.count - kept : 0
  }

  /// A whole number.
  public init(_ number: some BinaryInteger) {
    self.init(isNegative: number < 0, digits: number.magnitude.description.utf8.map { $0 & 0xF }, exponent: 0)
  }

  /// A number as JSON writes it (RFC 8259, section 6); nil of any other text, and of a number that `numeric` cannot hold,
  /// which has at most 131,072 digits before the point and 16,383 after it.
  public init?(_ text: some StringProtocol) {
    var rest = text.utf8[...]
    func takeDigits() -> [UInt8] {
      let taken = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      rest = rest[taken.endIndex...]
      return taken.map { $0 & 0xF }
    }
    func take(_ characters: StaticString) -> UInt8? {
      guard let next = rest.first, characters.withUTF8Buffer({ $0.contains(next) }) else { return nil }
      rest = rest.dropFirst()
      return next
    }
    let isNegative = take("-") != nil
    let whole = takeDigits()
    guard !whole.isEmpty else { return nil }
    var fraction: [UInt8] = []
    if take(".") != nil {
      fraction = takeDigits()
      guard !fraction.isEmpty else { return nil }
    }
    var power = 0
    if take("eE") != nil {
      let sign = take("+-")
      let digits = takeDigits()
      let significant = digits.drop { $0 == 0 }
      guard !digits.isEmpty, significant.count <= 6 else { return nil }
      power = significant.reduce(0) { $0 * 10 + Int($1) } * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
    guard rest.isEmpty, fraction.count - power <= Self.mostFractionDigits else { return nil }
    self.init(isNegative: isNegative, digits: whole + fraction, exponent: power - fraction.count)
    guard isStorable else { return nil }
  }

  /// How many digits `numeric` has before and after the point.
  private static let (mostWholeDigits, mostFractionDigits) = (131_072, 16_383)

  /// Whether `numeric` can hold it.
  public var isStorable: Bool {
    digits.count + exponent <= Self.mostWholeDigits && -exponent <= Self.mostFractionDigits
  }

  /// Whether it has at most 1000 digits before the point and 1000 after it, so that it can be multiplied at no great cost.
  public var isCalculable: Bool { digits.count + exponent <= 1000 && -exponent <= 1000 }

  /// Whether it has no fraction.
  public var isWhole: Bool { exponent >= 0 }

  /// Whether it is zero.
  public var isZero: Bool { digits.isEmpty }

  /// How many digits it has when it is written out without an exponent.
  public var width: Int { max(digits.count, digits.count + exponent, 1 - exponent) }

  /// The digits, and the power of ten of the first of them.
  public var scientific: (digits: String, exponent: Int) {
    (String(decoding: digits.map { $0 | 0x30 }, as: UTF8.self), digits.count + exponent - 1)
  }

  /// The same number without its sign.
  public var magnitude: Decimal { Decimal(isNegative: false, digits: digits, exponent: exponent) }
}

extension Decimal: CustomStringConvertible {
  /// The number without an exponent, as `numeric` prints it.
  public var description: String {
    let sign = isNegative ? "-" : ""
    func text(_ digits: some Sequence<UInt8>) -> String { String(decoding: digits.map { $0 | 0x30 }, as: UTF8.self) }
    guard exponent < 0 else { return isZero ? "0" : sign + text(digits) + String(repeating: "0", count: exponent) }
    let point = digits.count + exponent
    guard point > 0 else { return sign + "0." + String(repeating: "0", count: -point) + text(digits) }
    return sign + text(digits[..<point]) + "." + text(digits[point...])
  }
}

extension Decimal: Comparable {
  /// Whether the first number is less than the second.
  public static func < (first: Decimal, second: Decimal) -> Bool {
    guard first.isNegative == second.isNegative else { return first.isNegative }
    return first.isNegative ? second.isNearerToZero(than: first) : first.isNearerToZero(than: second)
  }

  private func isNearerToZero(than other: Decimal) -> Bool {
    if isZero || other.isZero { return !other.isZero }
    let (own, others) = (digits.count + exponent, other.digits.count + other.exponent)
    return own == others ? digits.lexicographicallyPrecedes(other.digits) : own < others
  }
}

extension Decimal {
  /// Whether it is a whole multiple of a number that is not zero; of zero only zero is one.
  public func isMultiple(of divisor: Decimal) -> Bool {
    guard let quotient = divided(by: divisor, fractionDigits: 0) else { return isZero }
    return quotient * divisor == self
  }
}
