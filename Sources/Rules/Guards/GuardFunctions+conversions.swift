internal import CEL
internal import SQL

extension GuardFunctions {
  /// Whether the text in the variable `v` has a form.
  private func hasForm(_ form: TextForm) -> SQL {
    form.pattern.map { matches("(v #>> '{}')", $0) } ?? "false"
  }

  var conversionFunctions: [SQL] {
    [
      function(
        "cel_to_int", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'i' THEN v
            WHEN 'u' THEN \(schema).cel_int((v ->> 'u')::numeric)
            WHEN 'd' THEN CASE WHEN abs(\(schema).cel_float(v)) < 9223372036854775808
                               THEN \(schema).cel_int(trunc((v ->> 'd')::numeric)) END
            WHEN 'number' THEN \(schema).cel_int(trunc(v::numeric))
            WHEN 'string' THEN CASE WHEN \(hasForm(.int)) THEN \(schema).cel_int((v #>> '{}')::numeric) END
            WHEN 't' THEN \(schema).cel_int(\(schema).cel_floor((v ->> 't')::numeric, 1000000000))
        END
        """),
      function(
        "cel_to_uint", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'u' THEN v
            WHEN 'i' THEN \(schema).cel_uint((v ->> 'i')::numeric)
            WHEN 'd' THEN CASE WHEN \(schema).cel_float(v) >= 0
                               THEN \(schema).cel_uint(trunc((v ->> 'd')::numeric)) END
            WHEN 'number' THEN CASE WHEN v::numeric >= 0 THEN \(schema).cel_uint(trunc(v::numeric)) END
            WHEN 'string' THEN CASE WHEN \(hasForm(.uint)) THEN \(schema).cel_uint((v #>> '{}')::numeric) END
        END
        """),
      function(
        "cel_to_double", "v jsonb",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'd' THEN v
            WHEN 'string' THEN
                CASE WHEN NOT \(hasForm(.double)) THEN NULL
                     WHEN (v #>> '{}')::numeric = 0 AND left(v #>> '{}', 1) = '-' THEN '{"d": "-0"}'
                     ELSE \(schema).cel_nearest((v #>> '{}')::numeric) END
            ELSE \(schema).cel_nearest(\(schema).cel_number(v))
        END
        """),
      function(
        "cel_to_bool", "v jsonb", returns: "boolean",
        """
        CASE \(schema).cel_kind(v)
            WHEN 'boolean' THEN v::boolean
            WHEN 'string' THEN CASE WHEN v #>> '{}' IN ('1', 't', 'T', 'true', 'TRUE', 'True') THEN true
                                    WHEN v #>> '{}' IN ('0', 'f', 'F', 'false', 'FALSE', 'False') THEN false END
        END
        """),
      // Nanoseconds behind a point, without zeros at the end.
      function("cel_fraction", "n numeric", returns: "text", "rtrim('.' || lpad(n::text, 9, '0'), '0.')"),
      function(
        "cel_to_string", "v jsonb",
        declare: """
          k text := \(schema).cel_kind(v);
          n numeric;
          s numeric;
          """,
        steps: """
          IF k IN ('t', 'n') THEN
              n := (v ->> k)::numeric;
              s := \(schema).cel_floor(CASE k WHEN 'n' THEN abs(n) ELSE n END, 1000000000);
              n := CASE k WHEN 'n' THEN abs(n) ELSE n END - s * 1000000000;
          END IF;
          RETURN CASE k
              WHEN 'string'  THEN v
              WHEN 'boolean' THEN to_jsonb(v::text)
              WHEN 'i' THEN to_jsonb(v ->> 'i')
              WHEN 'u' THEN to_jsonb(v ->> 'u')
              WHEN 'd' THEN to_jsonb(((v ->> 'd')::double precision)::text)
              WHEN 'number' THEN to_jsonb(trim_scale(v::numeric)::text)
              WHEN 't' THEN to_jsonb(
                  to_char(to_timestamp(s::double precision) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
                  || \(schema).cel_fraction(n) || 'Z')
              WHEN 'n' THEN to_jsonb(
                  CASE WHEN (v ->> 'n')::numeric < 0 THEN '-' ELSE '' END || s || \(schema).cel_fraction(n) || 's')
          END;
          """, settings: "SET extra_float_digits = 1"),
      function(
        "cel_to_timestamp", "v jsonb",
        declare: """
          t text := v #>> '{}';
          days date;
          seconds numeric;
          """,
        steps: """
          IF \(schema).cel_kind(v) = 't' THEN
              RETURN v;
          ELSIF \(schema).cel_kind(v) = 'i' THEN
              RETURN \(schema).cel_timestamp((v ->> 'i')::numeric * 1000000000);
          ELSIF jsonb_typeof(v) <> 'string' OR NOT \(hasForm(.timestamp)) THEN
              RETURN NULL;
          END IF;
          days := make_date(substr(t, 1, 4)::integer, substr(t, 6, 2)::integer, 1) + (substr(t, 9, 2)::integer - 1);
          IF to_char(days, 'MM') <> substr(t, 6, 2) THEN
              RETURN NULL;
          END IF;
          seconds := (days - '1970-01-01'::date)::numeric * 86400
                     + substr(t, 12, 2)::integer * 3600 + substr(t, 15, 2)::integer * 60 + substr(t, 18, 2)::integer;
          IF right(t, 1) NOT IN ('Z', 'z') THEN
              seconds := seconds - (left(right(t, 6), 1) || '1')::integer
                                   * (left(right(t, 5), 2)::integer * 3600 + right(t, 2)::integer * 60);
          END IF;
          RETURN \(schema).cel_timestamp(
              seconds * 1000000000 + rpad(coalesce(substring(t FROM '[.]([0-9]+)'), ''), 9, '0')::numeric);
          """),
      function(
        "cel_to_duration", "v jsonb",
        """
        CASE
            WHEN \(schema).cel_kind(v) = 'n' THEN v
            WHEN jsonb_typeof(v) = 'string' AND \(hasForm(.duration)) THEN \(schema).cel_duration(
                CASE WHEN left(v #>> '{}', 1) = '-' THEN -1 ELSE 1 END
                * (SELECT coalesce(sum(trunc(m.part[1]::numeric
                                             * CASE m.part[2] WHEN 'ns' THEN 1 WHEN 'us' THEN 1000 WHEN 'ms' THEN 1000000
                                                              WHEN 's' THEN 1000000000 WHEN 'm' THEN 60000000000
                                                              ELSE 3600000000000 END)), 0)
                     FROM regexp_matches(v #>> '{}', '([0-9.]+)(ns|us|ms|s|m|h)', 'g') AS m (part)))
        END
        """),
    ]
  }

  var timeFunctions: [SQL] {
    [
      // A part of a timestamp in a time zone, or of a duration.
      function(
        "cel_part", "v jsonb, part text, zone text, shift interval",
        declare: """
          k text := \(schema).cel_kind(v);
          n numeric;
          local timestamp;
          """,
        steps: """
          IF k NOT IN ('t', 'n') THEN
              RETURN NULL;
          END IF;
          n := (v ->> k)::numeric;
          IF k = 'n' THEN
              RETURN CASE part
                  WHEN 'getHours'   THEN \(schema).cel_int(div(n, 3600000000000))
                  WHEN 'getMinutes' THEN \(schema).cel_int(div(n, 60000000000))
                  WHEN 'getSeconds' THEN \(schema).cel_int(div(n, 1000000000))
                  WHEN 'getMilliseconds' THEN \(schema).cel_int(mod(div(n, 1000000), 1000))
              END;
          END IF;
          local := to_timestamp(\(schema).cel_floor(n, 1000000000)::double precision) AT TIME ZONE zone + shift;
          RETURN \(schema).cel_int(CASE part
              WHEN 'getFullYear'   THEN extract(year FROM local)
              WHEN 'getMonth'      THEN extract(month FROM local) - 1
              WHEN 'getDate'       THEN extract(day FROM local)
              WHEN 'getDayOfMonth' THEN extract(day FROM local) - 1
              WHEN 'getDayOfWeek'  THEN extract(dow FROM local)
              WHEN 'getDayOfYear'  THEN extract(doy FROM local) - 1
              WHEN 'getHours'      THEN extract(hour FROM local)
              WHEN 'getMinutes'    THEN extract(minute FROM local)
              WHEN 'getSeconds'    THEN trunc(extract(second FROM local))
              WHEN 'getMilliseconds' THEN mod(\(schema).cel_floor(n, 1000000), 1000) + CASE WHEN n < 0 AND mod(\(schema).cel_floor(n, 1000000), 1000) < 0 THEN 1000 ELSE 0 END
          END);
          """)
    ]
  }
}
