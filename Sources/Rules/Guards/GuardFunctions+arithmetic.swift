internal import CEL
internal import SQL

extension GuardFunctions {
  /// The operators and the functions of the math extension.
  var arithmeticFunctions: [SQL] {
    [
      // Numbers of which one is a decimal, with the operator.
      function(
        "cel_decimal", "operator text, a jsonb, b jsonb",
        declare: """
          x numeric := \(schema).cel_number(a);
          y numeric := \(schema).cel_number(b);
          """,
        steps: """
          IF x IS NULL OR y IS NULL OR jsonb_typeof(a) <> 'number' AND jsonb_typeof(b) <> 'number'
             OR abs(x) >= 1e1000 OR abs(y) >= 1e1000
             OR scale(trim_scale(x)) > 1000 OR scale(trim_scale(y)) > 1000 THEN
              RETURN NULL;
          END IF;
          RETURN CASE operator
              WHEN '+' THEN to_jsonb(trim_scale(x + y))
              WHEN '-' THEN to_jsonb(trim_scale(x - y))
              WHEN '*' THEN to_jsonb(trim_scale(x * y))
              WHEN '/' THEN to_jsonb(trim_scale(div(x * 1e\(Expression.quotientDigits), nullif(y, 0)) * 1e-\(Expression.quotientDigits)))
              WHEN '%' THEN CASE WHEN x = trunc(x) AND y = trunc(y) THEN to_jsonb(trim_scale(mod(x, nullif(y, 0)))) END
          END;
          """),
      function(
        "cel_add", "a jsonb, b jsonb",
        steps: """
          RETURN CASE \(schema).cel_kind(a) || ' ' || \(schema).cel_kind(b)
              WHEN 'i i' THEN \(schema).cel_int((a ->> 'i')::numeric + (b ->> 'i')::numeric)
              WHEN 'u u' THEN \(schema).cel_uint((a ->> 'u')::numeric + (b ->> 'u')::numeric)
              WHEN 'd d' THEN
                  CASE WHEN abs(\(schema).cel_float(a) / 2 + \(schema).cel_float(b) / 2) <= 8.988465674311579e307
                       THEN \(schema).cel_double(\(schema).cel_float(a) + \(schema).cel_float(b)) END
              WHEN 'string string' THEN to_jsonb((a #>> '{}') || (b #>> '{}'))
              WHEN 'array array' THEN a || b
              WHEN 't n' THEN \(schema).cel_timestamp((a ->> 't')::numeric + (b ->> 'n')::numeric)
              WHEN 'n t' THEN \(schema).cel_timestamp((a ->> 'n')::numeric + (b ->> 't')::numeric)
              WHEN 'n n' THEN \(schema).cel_duration((a ->> 'n')::numeric + (b ->> 'n')::numeric)
              ELSE \(schema).cel_decimal('+', a, b)
          END;
          """),
      function(
        "cel_subtract", "a jsonb, b jsonb",
        steps: """
          RETURN CASE \(schema).cel_kind(a) || ' ' || \(schema).cel_kind(b)
              WHEN 'i i' THEN \(schema).cel_int((a ->> 'i')::numeric - (b ->> 'i')::numeric)
              WHEN 'u u' THEN \(schema).cel_uint((a ->> 'u')::numeric - (b ->> 'u')::numeric)
              WHEN 'd d' THEN
                  CASE WHEN abs(\(schema).cel_float(a) / 2 - \(schema).cel_float(b) / 2) <= 8.988465674311579e307
                       THEN \(schema).cel_double(\(schema).cel_float(a) - \(schema).cel_float(b)) END
              WHEN 't n' THEN \(schema).cel_timestamp((a ->> 't')::numeric - (b ->> 'n')::numeric)
              WHEN 't t' THEN \(schema).cel_duration((a ->> 't')::numeric - (b ->> 't')::numeric)
              WHEN 'n n' THEN \(schema).cel_duration((a ->> 'n')::numeric - (b ->> 'n')::numeric)
              ELSE \(schema).cel_decimal('-', a, b)
          END;
          """),
      // What PostgreSQL refuses to multiply or divide since the result is too large or too near to zero is looked at first.
      function(
        "cel_multiply", "a jsonb, b jsonb",
        steps: """
          RETURN CASE \(schema).cel_kind(a) || ' ' || \(schema).cel_kind(b)
              WHEN 'i i' THEN \(schema).cel_int((a ->> 'i')::numeric * (b ->> 'i')::numeric)
              WHEN 'u u' THEN \(schema).cel_uint((a ->> 'u')::numeric * (b ->> 'u')::numeric)
              WHEN 'd d' THEN
                  CASE
                      WHEN abs(\(schema).cel_number(a) * \(schema).cel_number(b)) >= 1.7976931348623158e308 THEN NULL
                      WHEN abs(\(schema).cel_number(a) * \(schema).cel_number(b)) <= 2.4703282292062327e-324
                      THEN \(schema).cel_double(0)
                      ELSE \(schema).cel_double(\(schema).cel_float(a) * \(schema).cel_float(b))
                  END
              ELSE \(schema).cel_decimal('*', a, b)
          END;
          """),
      function(
        "cel_divide", "a jsonb, b jsonb",
        steps: """
          RETURN CASE \(schema).cel_kind(a) || ' ' || \(schema).cel_kind(b)
              WHEN 'i i' THEN \(schema).cel_int(div((a ->> 'i')::numeric, nullif((b ->> 'i')::numeric, 0)))
              WHEN 'u u' THEN \(schema).cel_uint(div((a ->> 'u')::numeric, nullif((b ->> 'u')::numeric, 0)))
              WHEN 'd d' THEN
                  CASE
                      WHEN abs(\(schema).cel_number(a)) >= abs(\(schema).cel_number(b)) * 1.7976931348623158e308 THEN NULL
                      WHEN abs(\(schema).cel_number(a)) <= abs(\(schema).cel_number(b)) * 2.4703282292062327e-324
                      THEN \(schema).cel_double(0)
                      ELSE \(schema).cel_double(\(schema).cel_float(a) / \(schema).cel_float(b))
                  END
              ELSE \(schema).cel_decimal('/', a, b)
          END;
          """),
      function(
        "cel_modulo", "a jsonb, b jsonb",
        steps: """
          RETURN CASE \(schema).cel_kind(a) || ' ' || \(schema).cel_kind(b)
              WHEN 'i i' THEN
                  -- The quotient of the least int and -1 is none, so the remainder is none.
                  CASE WHEN \(schema).cel_divide(a, b) IS NOT NULL
                       THEN \(schema).cel_int(mod((a ->> 'i')::numeric, (b ->> 'i')::numeric)) END
              WHEN 'u u' THEN \(schema).cel_uint(mod((a ->> 'u')::numeric, nullif((b ->> 'u')::numeric, 0)))
              ELSE \(schema).cel_decimal('%', a, b)
          END;
          """),
      function(
        "cel_negate", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'i' THEN \(schema).cel_int(-(v ->> 'i')::numeric)
            WHEN 'd' THEN \(schema).cel_double(-\(schema).cel_float(v))
            WHEN 'number' THEN to_jsonb(-v::numeric)
        END
        """),
    ]
  }

  var mathFunctions: [SQL] {
    [
      function(
        "cel_extreme", "v jsonb, direction integer",
        """
        CASE WHEN jsonb_typeof(v) = 'array' THEN
            (SELECT CASE WHEN bool_and(\(schema).cel_number(e.item) IS NOT NULL)
                         THEN (array_agg(e.item ORDER BY direction * \(schema).cel_number(e.item), e.number))[1] END
               FROM jsonb_array_elements(v) WITH ORDINALITY AS e (item, number))
        END
        """),
      // Of one argument, which may be a list.
      function(
        "cel_greatest", "v jsonb",
        "\(schema).cel_extreme(CASE WHEN jsonb_typeof(v) = 'array' THEN v ELSE jsonb_build_array(v) END, -1)"),
      function(
        "cel_least", "v jsonb",
        "\(schema).cel_extreme(CASE WHEN jsonb_typeof(v) = 'array' THEN v ELSE jsonb_build_array(v) END, 1)"),
      function(
        "cel_abs", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'i' THEN \(schema).cel_int(abs((v ->> 'i')::numeric))
            WHEN 'u' THEN v
            WHEN 'd' THEN \(schema).cel_double(abs(\(schema).cel_float(v)))
            WHEN 'number' THEN to_jsonb(abs(v::numeric))
        END
        """),
      rounding("cel_ceil", "ceil"), rounding("cel_floor_of", "floor"), rounding("cel_round", "round"),
    ]
  }

  /// A function that makes a number whole; a half is rounded away from zero, as `numeric` does it.
  private func rounding(_ name: SQL, _ round: SQL) -> SQL {
    function(
      name, "v jsonb",
      """
      CASE \(schema).cel_kind(v)
          WHEN 'd' THEN \(schema).cel_nearest(\(round)((v ->> 'd')::numeric))
          WHEN 'number' THEN to_jsonb(\(round)(v::numeric))
      END
      """)
  }
}
