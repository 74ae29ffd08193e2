internal import SQL

/// A call of a function with its arguments.
struct GuardCall {
  private let schema: SQL
  private let function: SQL
  private let arguments: [SQL]
  private let isBoolean: Bool
  /// What stands behind the call.
  private var suffix: SQL = ""
  private var isNegated = false

  /// A call; nil when there is no such function, or not for so many arguments.
  init?(_ schema: SQL, _ name: String, _ arguments: [SQL], isMethod: Bool) {
    let (zero, minusOne): (SQL, SQL) = ("'{\"i\": 0}'::jsonb", "'{\"i\": -1}'::jsonb")
    var all = arguments
    var isBoolean = false
    switch (isMethod, name, arguments.count) {
    case (_, "size", 1): function = "cel_size"
    case (false, "_==_", 2): (function, isBoolean) = ("cel_equal", true)
    case (false, "_!=_", 2): (function, isBoolean, isNegated) = ("cel_equal", true, true)
    case (false, "_<_", 2): (function, isBoolean, suffix) = ("cel_compare", true, " < 0")
    case (false, "_<=_", 2): (function, isBoolean, suffix) = ("cel_compare", true, " <= 0")
    case (false, "_>_", 2): (function, isBoolean, suffix) = ("cel_compare", true, " > 0")
    case (false, "_>=_", 2): (function, isBoolean, suffix) = ("cel_compare", true, " >= 0")
    case (false, "@in", 2): (function, isBoolean) = ("cel_in", true)
    case (false, "-_", 1): function = "cel_negate"
    case (false, "_+_", 2): function = "cel_add"
    case (false, "_-_", 2): function = "cel_subtract"
    case (false, "_*_", 2): function = "cel_multiply"
    case (false, "_/_", 2): function = "cel_divide"
    case (false, "_%_", 2): function = "cel_modulo"
    case (false, "_[_]", 2): function = "cel_element"
    case (false, "int", 1): function = "cel_to_int"
    case (false, "uint", 1): function = "cel_to_uint"
    case (false, "double", 1): function = "cel_to_double"
    case (false, "string", 1): function = "cel_to_string"
    case (false, "bool", 1): (function, isBoolean) = ("cel_to_bool", true)
    case (false, "timestamp", 1): function = "cel_to_timestamp"
    case (false, "duration", 1): function = "cel_to_duration"
    case (false, "dyn", 1): function = ""
    case (false, "math.abs", 1): function = "cel_abs"
    case (false, "math.ceil", 1): function = "cel_ceil"
    case (false, "math.floor", 1): function = "cel_floor_of"
    case (false, "math.round", 1): function = "cel_round"
    case (false, "math.greatest", 1): function = "cel_greatest"
    case (false, "math.least", 1): function = "cel_least"
    case (false, "math.greatest", 2...), (false, "math.least", 2...):
      function = "cel_extreme"
      all = ["\(schema).cel_list(ARRAY[\(arguments, separator: ", ")])", name == "math.least" ? "1" : "-1"]
    case (true, "contains", 2): (function, isBoolean) = ("cel_contains", true)
    case (true, "startsWith", 2): (function, isBoolean) = ("cel_starts_with", true)
    case (true, "endsWith", 2): (function, isBoolean) = ("cel_ends_with", true)
    case (true, "charAt", 2): function = "cel_char_at"
    case (true, "indexOf", 2): (function, all) = ("cel_index_of", arguments + [zero])
    case (true, "indexOf", 3): function = "cel_index_of"
    case (true, "substring", 2):
      (function, all) = ("cel_substring", arguments + ["\(schema).cel_size(\(arguments[0]))"])
    case (true, "substring", 3): function = "cel_substring"
    case (true, "replace", 3): (function, all) = ("cel_replace", arguments + [minusOne])
    case (true, "replace", 4): function = "cel_replace"
    case (true, "split", 2): (function, all) = ("cel_split", arguments + [minusOne])
    case (true, "split", 3): function = "cel_split"
    case (true, "join", 1): (function, all) = ("cel_join", arguments + ["'\"\"'::jsonb"])
    case (true, "join", 2): function = "cel_join"
    case (true, "lowerAscii", 1): function = "cel_lower_ascii"
    case (true, "upperAscii", 1): function = "cel_upper_ascii"
    case (true, "trim", 1): function = "cel_trim"
    default: return nil
    }
    self.schema = schema
    self.arguments = all
    self.isBoolean = isBoolean
  }

  var term: Term {
    if function.isEmpty { return .value(arguments[0]) }
    let call: SQL = "\(schema).\(function)(\(arguments, separator: ", "))"
    guard isBoolean else { return .value(call) }
    if isNegated { return .boolean("(NOT \(call))") }
    return .boolean(suffix.isEmpty ? call : "(\(call)\(suffix))")
  }
}
