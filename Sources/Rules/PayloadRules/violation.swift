internal import JSON
internal import JSONSchema
internal import SQL

/// Whether a value is of none of some types.
func isNot(_ value: SQL, _ types: [ValueType]) -> SQL {
  let names = types.filter { $0 != .integer }.map { "\(string: $0.rawValue)" as SQL }
  let isOther: SQL = names.isEmpty ? "true" : "jsonb_typeof(\(value)) NOT IN (\(names, separator: ", "))"
  guard types.contains(.integer), !types.contains(.number) else { return isOther }
  // CASE, since what AND joins may be computed in any order, and no text is a number; in parentheses, since the
  // condition of an IF ends at the first THEN that stands in none.
  return """
    (CASE jsonb_typeof(\(value))
         WHEN 'number' THEN \(value)::numeric <> trunc(\(value)::numeric)
         ELSE \(isOther)
     END)
    """
}

/// Whether a value is none of some.
func isNone(_ value: SQL, of values: [Document]) -> SQL {
  let constants = values.filter { !$0.hasZeroCharacter }.map { "\(string: $0.json)" as SQL }
  return constants.isEmpty ? "true" : "\(value) NOT IN (\(constants, separator: ", "))"
}

/// Whether a value that is a number breaks a rule.
func violation(_ rule: NumberRule, of value: SQL) -> SQL {
  switch rule {
  case .minimum(let least, isExclusive: false): "\(value)::numeric < \(number: least)"
  case .minimum(let least, isExclusive: true): "\(value)::numeric <= \(number: least)"
  case .maximum(let most, isExclusive: false): "\(value)::numeric > \(number: most)"
  case .maximum(let most, isExclusive: true): "\(value)::numeric >= \(number: most)"
  case .multiple(let divisor): "\(value)::numeric % \(number: divisor) <> 0"
  }
}

/// Whether a value that is a text breaks a rule.
func violation(_ rule: TextRule, of value: SQL) -> SQL {
  let text: SQL = "(\(value) #>> '{}')"
  switch rule {
  case .minLength(let least): return "length\(text) < \(least)"
  case .maxLength(let most): return "length\(text) > \(most)"
  case .pattern(let pattern): return "NOT \(matches(text, pattern))"
  case .format(let format):
    let matches = Rules.matches(text, format.pattern)
    guard let offset = format.timeOffset else { return "NOT \(matches)" }
    func number(_ start: Int) -> SQL { "substr(\(text), \(offset + start + 1), 2)::integer" }
    // The last second of a day in UTC may be its 61st. A zone is the last six characters, or Z.
    let minutes: SQL = """
      \(number(0)) * 60 + \(number(3))
                     - CASE WHEN \(text) ~ '[Zz]$' THEN 0
                            ELSE (left(right(\(text), 6), 1) || '1')::integer
                                 * (left(right(\(text), 5), 2)::integer * 60 + right(\(text), 2)::integer)
                       END
      """
    return """
      (CASE
           WHEN NOT \(matches) THEN true
           WHEN \(number(6)) = 60 THEN
               (\(minutes) + 1440) % 1440 <> 1439
           ELSE false
       END)
      """
  }
}

extension SQL.Interpolation {
  /// Adds a number with all its digits.
  mutating func appendInterpolation(number: Decimal) {
    appendInterpolation(SQL(verbatim: number.isNegative ? "(\(number))" : number.description))
  }
}
