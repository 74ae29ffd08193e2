public import SQL

/// The functions that compiled expressions of CEL call, in a schema.
///
/// A value is a `jsonb` as `Value.stored` describes it, or a boolean; an error is NULL. So a function that is strict
/// passes errors on, and AND and OR are CEL's own `&&` and `||`: what decides does so whatever the other operand is.
public struct GuardFunctions: Sendable {
  /// The schema in which they are.
  let schema: SQL

  /// Functions in a schema.
  public init(in schema: SQL) { self.schema = schema }

  /// All of them, in an order in which they can be made.
  public var all: SQL {
    (valueFunctions + comparisonFunctions + containerFunctions + arithmeticFunctions + conversionFunctions
      + timeFunctions + textFunctions + mathFunctions).joined(separator: "\n\n")
  }

  /// A function that is one expression.
  ///
  /// Not in SQL: PostgreSQL would parse and plan such a function anew in each transaction, since it puts none into the
  /// query whose CASE it does not know to be strict.
  func function(_ name: SQL, _ arguments: SQL, returns type: SQL = "jsonb", _ expression: SQL) -> SQL {
    function(name, arguments, returns: type, steps: "RETURN \(expression);")
  }

  private func comment(_ name: SQL) -> SQL {
    "COMMENT ON FUNCTION \(schema).\(name) IS 'What the guards of nets are compiled to: docs/guards.md.';"
  }

  /// A function of several steps.
  func function(
    _ name: SQL, _ arguments: SQL, returns type: SQL = "jsonb", declare variables: SQL = "", steps: SQL,
    settings: SQL = ""
  ) -> SQL {
    let declarations: SQL = variables.isEmpty ? "" : "DECLARE\n    \(variables)\n"
    let properties = ["LANGUAGE plpgsql", "IMMUTABLE STRICT PARALLEL SAFE"] + (settings.isEmpty ? [] : [settings])
    return """
      CREATE OR REPLACE FUNCTION \(schema).\(name)(\(arguments))
          RETURNS \(type)
          \(properties)
      AS \(body: """
        \(declarations)BEGIN
            \(steps)
        END;
        """);

      \(comment(name))
      """
  }
}

extension GuardFunctions {
  private var valueFunctions: [SQL] {
    [
      // The type: what jsonb_typeof says, or the letter of an object.
      function(
        "cel_kind", "v jsonb", returns: "text",
        """
        CASE jsonb_typeof(v)
            WHEN 'object' THEN CASE WHEN v ? 'i' THEN 'i' WHEN v ? 'u' THEN 'u' WHEN v ? 'd' THEN 'd'
                                    WHEN v ? 'm' THEN 'm' WHEN v ? 't' THEN 't' ELSE 'n' END
            ELSE jsonb_typeof(v)
        END
        """),
      function(
        "cel_number", "v jsonb", returns: "numeric",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'number' THEN v::numeric
            WHEN 'i' THEN (v ->> 'i')::numeric
            WHEN 'u' THEN (v ->> 'u')::numeric
            WHEN 'd' THEN (v ->> 'd')::numeric
        END
        """),
      function(
        "cel_truth", "v jsonb", returns: "boolean", "CASE WHEN jsonb_typeof(v) = 'boolean' THEN v::boolean END"),
      function(
        "cel_text", "v jsonb", returns: "text", "CASE WHEN jsonb_typeof(v) = 'string' THEN v #>> '{}' END"),
      function(
        "cel_int", "n numeric",
        """
        CASE WHEN n BETWEEN -9223372036854775808 AND 9223372036854775807 THEN jsonb_build_object('i', trunc(n)) END
        """),
      function(
        "cel_uint", "n numeric",
        "CASE WHEN n BETWEEN 0 AND 18446744073709551615 THEN jsonb_build_object('u', trunc(n)) END"),
      // A double with the fewest digits that mean it; between 2^53 and 2^64, where it is whole, exactly.
      function(
        "cel_double", "d double precision",
        steps: """
          RETURN CASE
              WHEN d = 0 THEN CASE WHEN d::text = '-0' THEN '{"d": "-0"}'::jsonb ELSE '{"d": 0}'::jsonb END
              WHEN d IN ('NaN', 'Infinity', '-Infinity') THEN NULL
              WHEN abs(d) BETWEEN 9007199254740992 AND 9223372036854774784 THEN jsonb_build_object('d', d::bigint)
              WHEN abs(d) BETWEEN 9223372036854775808 AND 18446744073709549568 THEN
                  jsonb_build_object('d', sign(d)::integer
                      * ((abs(d) - 9223372036854775808::double precision)::bigint + 9223372036854775808::numeric))
              ELSE jsonb_build_object('d', d::text::numeric)
          END;
          """, settings: "SET extra_float_digits = 1"),
      function(
        "cel_float", "v jsonb", returns: "double precision",
        "CASE WHEN \(schema).cel_kind(v) = 'd' THEN (v ->> 'd')::double precision END"),
      // The double that is nearest to a number; NULL when it would be infinite.
      function(
        "cel_nearest", "n numeric",
        """
        CASE WHEN abs(n) >= 1.7976931348623158e308 THEN NULL
             WHEN abs(n) <= 2.4703282292062327e-324 THEN \(schema).cel_double(0)
             ELSE \(schema).cel_double(n::double precision) END
        """),
      function(
        "cel_timestamp", "n numeric",
        """
        CASE WHEN n >= -62135596800000000000 AND n < 253402300800000000000 THEN jsonb_build_object('t', n) END
        """),
      function(
        "cel_duration", "n numeric",
        """
        CASE WHEN n BETWEEN -9223372036854775808 AND 9223372036854775807 THEN jsonb_build_object('n', n) END
        """),
      function(
        "cel_floor", "n numeric, divisor numeric", returns: "numeric",
        "div(n - mod(mod(n, divisor) + divisor, divisor), divisor)"),
    ]
  }

  private var comparisonFunctions: [SQL] {
    [
      // -1, 0 or 1; NULL for what has no order. Beside a double a whole number becomes one.
      function(
        "cel_compare", "a jsonb, b jsonb", returns: "integer",
        declare: """
          ka text := \(schema).cel_kind(a);
          kb text := \(schema).cel_kind(b);
          """,
        steps: """
          IF (ka = 'd' OR kb = 'd') AND ka IN ('i', 'u', 'd') AND kb IN ('i', 'u', 'd') THEN
              RETURN sign((a ->> ka)::double precision - (b ->> kb)::double precision)::integer;
          ELSIF ka IN ('number', 'i', 'u', 'd') THEN
              RETURN sign(\(schema).cel_number(a) - \(schema).cel_number(b))::integer;
          ELSIF ka <> kb THEN
              RETURN NULL;
          ELSIF ka = 'string' THEN
              RETURN CASE WHEN (a #>> '{}') COLLATE "C" < (b #>> '{}') COLLATE "C" THEN -1
                          WHEN a = b THEN 0 ELSE 1 END;
          ELSIF ka = 'boolean' THEN
              RETURN a::boolean::integer - b::boolean::integer;
          ELSIF ka IN ('t', 'n') THEN
              RETURN sign((a ->> ka)::numeric - (b ->> ka)::numeric)::integer;
          END IF;
          RETURN NULL;
          """),
      function(
        "cel_equal", "a jsonb, b jsonb", returns: "boolean",
        declare: """
          ka text := \(schema).cel_kind(a);
          kb text := \(schema).cel_kind(b);
          """,
        steps: """
          IF ka IN ('number', 'i', 'u', 'd') AND kb IN ('number', 'i', 'u', 'd') THEN
              RETURN \(schema).cel_compare(a, b) = 0;
          ELSIF ka <> kb THEN
              RETURN false;
          ELSIF ka = 'array' THEN
              RETURN jsonb_array_length(a) = jsonb_array_length(b)
                 AND NOT EXISTS (SELECT FROM generate_series(0, jsonb_array_length(a) - 1) AS i
                                  WHERE NOT \(schema).cel_equal(a -> i, b -> i));
          ELSIF ka = 'm' THEN
              RETURN (SELECT count(*) FROM jsonb_object_keys(a -> 'm')) = (SELECT count(*) FROM jsonb_object_keys(b -> 'm'))
                 AND NOT EXISTS (SELECT FROM jsonb_each(a -> 'm') AS e
                                  WHERE \(schema).cel_equal(e.value -> 1, b -> 'm' -> e.key -> 1) IS NOT TRUE);
          END IF;
          RETURN a = b;
          """),
    ]
  }

  private var containerFunctions: [SQL] {
    [
      // A value of JSON as the functions take it: its objects become maps.
      function(
        "cel_json", "v jsonb",
        steps: """
          RETURN CASE jsonb_typeof(v)
              WHEN 'object' THEN jsonb_build_object('m', coalesce(
                  (SELECT jsonb_object_agg('s' || e.key, jsonb_build_array(e.key, \(schema).cel_json(e.value)))
                     FROM jsonb_each(v) AS e), '{}'))
              WHEN 'array' THEN coalesce(
                  (SELECT jsonb_agg(\(schema).cel_json(e.item) ORDER BY e.number)
                     FROM jsonb_array_elements(v) WITH ORDINALITY AS e (item, number)), '[]')
              ELSE v
          END;
          """),
      // The text under which a map has a key; NULL for what can be none.
      function(
        "cel_key", "v jsonb", returns: "text",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'string'  THEN 's' || (v #>> '{}')
            WHEN 'boolean' THEN 'b' || v::text
            ELSE 'n' || trim_scale(\(schema).cel_number(v))::text
        END
        """),
      function("cel_list", "items jsonb[]", "CASE WHEN array_position(items, NULL) IS NULL THEN to_jsonb(items) END"),
      // A map of keys and values in turn.
      function(
        "cel_map", "items jsonb[]",
        """
        (SELECT CASE
                    WHEN bool_and(e.key IS NOT NULL AND \(schema).cel_kind(e.k) <> 'd' AND e.value IS NOT NULL)
                     AND count(DISTINCT e.key) = count(*)
                    THEN jsonb_build_object('m', jsonb_object_agg(e.key, jsonb_build_array(e.k, e.value)))
                END
           FROM (SELECT items[2 * i - 1] AS k, items[2 * i] AS value,
                        coalesce(\(schema).cel_key(items[2 * i - 1]), NULL) AS key
                   FROM generate_series(1, cardinality(items) / 2) AS i) AS e)
        """),
      // What a macro goes through: the elements of a list, the keys of a map.
      function(
        "cel_items", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'array' THEN v
            WHEN 'm' THEN coalesce((SELECT jsonb_agg(e.value -> 0 ORDER BY e.number)
                                      FROM jsonb_each(v -> 'm') WITH ORDINALITY AS e (key, value, number)), '[]')
        END
        """),
      function(
        "cel_member", "v jsonb, name text",
        "CASE WHEN \(schema).cel_kind(v) = 'm' THEN v -> 'm' -> ('s' || name) -> 1 END"),
      function(
        "cel_has", "v jsonb, name text", returns: "boolean",
        "CASE WHEN \(schema).cel_kind(v) = 'm' THEN (v -> 'm') ? ('s' || name) END"),
      function(
        "cel_element", "v jsonb, k jsonb",
        steps: """
          IF \(schema).cel_kind(v) = 'm' THEN
              RETURN v -> 'm' -> \(schema).cel_key(k) -> 1;
          ELSIF jsonb_typeof(v) = 'array'
            AND \(schema).cel_number(k) = trunc(\(schema).cel_number(k))
            AND \(schema).cel_number(k) BETWEEN 0 AND jsonb_array_length(v) - 1 THEN
              RETURN v -> \(schema).cel_number(k)::integer;
          END IF;
          RETURN NULL;
          """),
      function(
        "cel_in", "x jsonb, v jsonb", returns: "boolean",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(v) AS e (item)
                                       WHERE \(schema).cel_equal(x, e.item))
            WHEN 'm' THEN coalesce((v -> 'm') ? \(schema).cel_key(x), false)
        END
        """),
      function(
        "cel_size", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'string' THEN jsonb_build_object('i', length(v #>> '{}'))
            WHEN 'array'  THEN jsonb_build_object('i', jsonb_array_length(v))
            WHEN 'm' THEN jsonb_build_object('i', (SELECT count(*) FROM jsonb_object_keys(v -> 'm')))
        END
        """),
    ]
  }
}
