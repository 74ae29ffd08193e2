internal import SQL

extension GuardFunctions {
  var textFunctions: [SQL] {
    [
      function(
        "cel_contains", "a jsonb, b jsonb", returns: "boolean",
        "strpos(\(schema).cel_text(a), \(schema).cel_text(b)) > 0"),
      function(
        "cel_starts_with", "a jsonb, b jsonb", returns: "boolean",
        "starts_with(\(schema).cel_text(a), \(schema).cel_text(b))"),
      function(
        "cel_ends_with", "a jsonb, b jsonb", returns: "boolean",
        "right(\(schema).cel_text(a), length(\(schema).cel_text(b))) = \(schema).cel_text(b)"),
      // A place in a text: an int from 0 to its length.
      function(
        "cel_place", "v jsonb, most integer", returns: "integer",
        """
        CASE WHEN \(schema).cel_kind(v) = 'i' AND (v ->> 'i')::numeric BETWEEN 0 AND most
             THEN (v ->> 'i')::integer END
        """),
      function(
        "cel_char_at", "a jsonb, place jsonb",
        "to_jsonb(substr(\(schema).cel_text(a), \(schema).cel_place(place, length(\(schema).cel_text(a))) + 1, 1))"),
      function(
        "cel_index_of", "a jsonb, b jsonb, start jsonb",
        declare: """
          place integer := \(schema).cel_place(start, length(\(schema).cel_text(a)));
          hit integer := strpos(substr(\(schema).cel_text(a), place + 1), \(schema).cel_text(b));
          """,
        steps: """
          IF hit IS NULL THEN
              RETURN NULL;
          END IF;
          RETURN jsonb_build_object('i', CASE WHEN hit > 0 THEN place + hit - 1 ELSE -1 END);
          """),
      function(
        "cel_substring", "a jsonb, start jsonb, finish jsonb",
        declare: """
          last integer := \(schema).cel_place(finish, length(\(schema).cel_text(a)));
          first integer := \(schema).cel_place(start, last);
          """,
        steps: "RETURN to_jsonb(substr(\(schema).cel_text(a), first + 1, last - first));"),
      // The parts of a text between places where another stands; at most so many, or all when the number is negative.
      function(
        "cel_parts", "whole text, separator text, most numeric", returns: "text[]",
        declare: """
          parts text[] := ARRAY[]::text[];
          rest text := whole;
          place integer;
          """,
        steps: """
          IF most = 0 OR separator = '' AND whole = '' THEN
              RETURN parts;
          END IF;
          LOOP
              EXIT WHEN cardinality(parts) + 1 = most;
              place := CASE WHEN separator <> '' THEN strpos(rest, separator)
                            WHEN length(rest) > 1 THEN 2 ELSE 0 END;
              EXIT WHEN place = 0;
              parts := array_append(parts, left(rest, place - 1));
              rest := substr(rest, place + length(separator));
          END LOOP;
          RETURN array_append(parts, rest);
          """),
      function(
        "cel_split", "a jsonb, separator jsonb, most jsonb",
        """
        CASE WHEN \(schema).cel_kind(most) = 'i'
             THEN to_jsonb(\(schema).cel_parts(
                 \(schema).cel_text(a), \(schema).cel_text(separator), (most ->> 'i')::numeric)) END
        """),
      function(
        "cel_replace", "a jsonb, old jsonb, new jsonb, most jsonb",
        """
        CASE WHEN \(schema).cel_kind(most) = 'i' AND \(schema).cel_text(old) <> ''
             THEN to_jsonb(array_to_string(\(schema).cel_parts(
                 \(schema).cel_text(a), \(schema).cel_text(old),
                 CASE WHEN (most ->> 'i')::numeric < 0 THEN -1 ELSE (most ->> 'i')::numeric + 1 END),
                 \(schema).cel_text(new))) END
        """),
      function(
        "cel_join", "v jsonb, separator jsonb",
        """
        CASE WHEN jsonb_typeof(v) = 'array' AND jsonb_typeof(separator) = 'string' THEN
            (SELECT CASE WHEN coalesce(bool_and(jsonb_typeof(e.item) = 'string'), true)
                         THEN to_jsonb(coalesce(string_agg(e.item #>> '{}', separator #>> '{}' ORDER BY e.number), '')) END
               FROM jsonb_array_elements(v) WITH ORDINALITY AS e (item, number))
        END
        """),
      function(
        "cel_lower_ascii", "v jsonb",
        """
        to_jsonb(translate(\(schema).cel_text(v), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'))
        """),
      function(
        "cel_upper_ascii", "v jsonb",
        """
        to_jsonb(translate(\(schema).cel_text(v), 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
        """),
      function(
        "cel_trim", "v jsonb",
        """
        to_jsonb(regexp_replace(\(schema).cel_text(v) COLLATE "C",
                                \(string: "^\(whiteSpace)+|\(whiteSpace)+$"), '', 'g'))
        """),
    ]
  }
}

/// The characters that Unicode calls white space, as a class of a regular expression: by their numbers, since not every
/// encoding has them.
private let whiteSpace =
  #"[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]"#
