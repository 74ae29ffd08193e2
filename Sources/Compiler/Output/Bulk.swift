internal import PetriNet
internal import SQL

extension NetPlan {
  /// Many firings in one call, decided and written set by set.
  var bulkSQL: SQL {
    """
    -- Many events at once ----------------------------------------------------------------------------------------

    -- Makes the instances that are not there, if the caller may, and locks all: both in the order of their ids, so that
    -- two bulk calls wait for each other and never both.
    CREATE FUNCTION \(object("ptflow_lock_many"))(ids text[])
        RETURNS void
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: lockBody);

    -- Fires many transitions of instances that are locked, in order, or none: then it answers NULL, and each has to be
    -- looked at by itself. The marking after each event is the instance's plus the sum of the deltas so far, so the
    -- conditions of all are asked in one query. Answers the texts of the answers, in the order of the events.
    CREATE FUNCTION \(object("ptflow_fire_many"))(batch ptflow.batch, writes boolean)
        RETURNS text[]
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: fireBody);
    """
  }

  private var lockBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        moment  CONSTANT timestamptz := clock_timestamp();
        asked   CONSTANT text[]      := ARRAY(SELECT DISTINCT i.id FROM unnest(ids) AS i (id)
                                               WHERE length(i.id) BETWEEN 1 AND 255);
        missing CONSTANT text[]      := ARRAY(SELECT k.id FROM unnest(asked) AS k (id)
                                               WHERE NOT EXISTS (SELECT FROM \(object("states")) AS s WHERE s.id = k.id));
        writing          text;
    BEGIN
        IF missing <> '{}'::text[] AND ptflow.may_create(\(string: net.name)) THEN
            writing := set_config('ptflow.writing', 'on', true);
            INSERT INTO \(object("states")) (id, head, net_version, created_at, updated_at)
            SELECT m.id, \(object("ptflow_genesis"))(m.id, moment), n.version, moment, moment
              FROM unnest(missing) AS m (id)
              JOIN ptflow.nets     AS n ON n.net = \(string: net.name)
             ORDER BY m.id COLLATE "C"
                ON CONFLICT DO NOTHING;
            writing := set_config('ptflow.writing', '', true);
        END IF;

        PERFORM FROM \(object("states")) AS s WHERE s.id = ANY (asked) ORDER BY s.id FOR NO KEY UPDATE;
    END;
    """
  }

  private var fireBody: SQL {
    let after = places.map { place -> SQL in
      "s.\(name: place.column) + sum((a.multiple * d.\(name: place.column))::integer) OVER w"
    }
    let columns = places.indices.map { index in
      ["\(name: places[index].column)", "= m.marking[\(index + 1)],"] as [SQL]
    }
    let assignments = aligned(
      columns + [["seq", "= m.seq,"], ["updated_at", "= m.at,"], ["head", "= m.new_hash"]], between: " ")
    let wide: [SQL] = widePlaces.map { "s.\(name: $0.column)" }
    let resetting: [SQL] = resettingTransitions.map { "\(string: $0.transition.name)" }
    let beyondSums: SQL =
      wide.isEmpty
      ? ""
      : """

      -- Counts to which a sum might not be added.
      IF EXISTS (SELECT FROM \(object("states")) AS s
                  WHERE s.id = ANY (batch.ids)
                    AND greatest(\(wrapped(wide))) > \(1 << 62))
      THEN
          RETURN NULL;
      END IF;

      """
    let resets: SQL =
      resetting.isEmpty
      ? ""
      : """

      -- A reset is no addition.
      IF batch.actions && ARRAY[\(wrapped(resetting))] THEN
          RETURN NULL;
      END IF;

      """
    let words = HashChain.words(
      id: "f.id", action: "f.action", multiple: "f.multiple", payload: "f.body", actor: "caller", key: "f.key",
      seq: "f.seq", at: "f.at", role: "f.role", marking: "f.marking")

    return """
      #variable_conflict use_variable
      DECLARE
          caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
          moment CONSTANT timestamptz := clock_timestamp();
          known_numbers   bigint[];
          known_answers   text[];
          is_plain        boolean;
          actions         text[];
          holders         text[];
          is_refused      boolean;
          numbers         bigint[];
          made            \(object("events"))[];
          lasts           \(object("events"))[];
          heads           bytea[];
          words           bytea[];
          openings        text[];
          hash            bytea;
          hashes          bytea[];
          last_hashes     bytea[];
          writing         text;
          answers         text[];
      BEGIN
          SELECT bool_and(length(a.id) BETWEEN 1 AND 255 AND a.multiple BETWEEN 1 AND \(mostFirings)
                          AND a.action IS NOT NULL AND (a.key IS NULL OR length(a.key) BETWEEN 1 AND 255)) IS TRUE
            INTO is_plain
            FROM unnest(batch.ids, batch.actions, batch.multiples, batch.keys) AS a (id, action, multiple, key);
          IF NOT is_plain THEN
              RETURN NULL;
          END IF;
          \(resets)\(beyondSums)
          -- Under which role the caller fires each action.
          SELECT array_agg(t.action), array_agg(t.role), bool_and(t.role IS NOT NULL)
            INTO actions, holders, is_plain
            FROM (SELECT t.action,
                         coalesce((SELECT r.role
                                     FROM unnest(ARRAY['*'] || t.roles) WITH ORDINALITY AS u (role, number)
                                     JOIN ptflow.roles AS r ON r.net = \(string: net.name) AND r.role = u.role
                                    WHERE has_table_privilege(caller, to_regclass(format('%I.%I', \(string: schema), r.view_name)),
                                                              'SELECT')
                                    ORDER BY u.number
                                    LIMIT 1),
                                  ptflow.claimed_role(\(string: net.name), t.roles, caller)) AS role
                    FROM \(object("transitions")) AS t
                   WHERE t.action = ANY (batch.actions)) AS t;
          IF is_plain IS NOT TRUE
             OR EXISTS (SELECT FROM unnest(batch.actions) AS a (action) WHERE a.action <> ALL (actions))
          THEN
              RETURN NULL;
          END IF;

          -- Events that came before with their key: they are answered as they were, and fired no more.
          IF EXISTS (SELECT FROM unnest(batch.keys) AS k (key) WHERE k.key IS NOT NULL) THEN
              IF EXISTS (SELECT FROM unnest(batch.ids, batch.keys) AS a (id, key)
                          WHERE a.key IS NOT NULL GROUP BY a.id, a.key HAVING count(*) > 1)
              THEN
                  RETURN NULL;
              END IF;

              SELECT array_agg(a.number),
                     array_agg(format('{"id": %s, "seq": %s, "hash": "%s", "replayed": true}',
                                      to_json(e.id), e.seq, encode(e.hash, 'hex'))),
                     bool_and((e.action, e.multiple, e.payload) = (a.action, a.multiple, a.payload))
                INTO known_numbers, known_answers, is_plain
                FROM unnest(batch.ids, batch.actions, batch.multiples, batch.payloads, batch.keys)
                     WITH ORDINALITY AS a (id, action, multiple, payload, key, number)
                JOIN \(object("events")) AS e ON e.id = a.id AND e.key = a.key;
              IF NOT is_plain THEN
                  RETURN NULL;
              END IF;
          END IF;

          -- All events with the markings that they leave behind, instance by instance: the arrays below have this order.
          -- OFFSET 0 has PostgreSQL ask once an event whether it is refused.
          SELECT bool_or(f.is_refused),
                 array_agg(f.number),
                 array_agg(\(event)),
                 array_agg(\(event))
                     FILTER (WHERE f.is_last),
                 array_agg(CASE WHEN f.is_first THEN f.head END),
                 array_agg(\(words)),
                 array_agg(format('{"id": %s, "seq": %s, "hash": "', to_json(f.id), f.seq))
            INTO is_refused, numbers, made, lasts, heads, words, openings
            FROM (SELECT f.*, f.payload::text AS body,
                         (\(refusals, separator: "\n OR ")) IS TRUE AS is_refused
                    FROM (SELECT a.number, s.id, a.action, a.payload, a.multiple, a.expected, a.key, h.role, s.head,
                                 s.seq + row_number() OVER w AS seq,
                                 row_number() OVER w = 1 AS is_first,
                                 lead(a.number) OVER w IS NULL AS is_last,
                                 \(["greatest(s.updated_at, moment) AS at,"] + special.map(\.columns))
                                 ARRAY[\(wrapped(after))]::bigint[] AS marking
                            FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds,
                                        batch.keys)
                                 WITH ORDINALITY AS a (id, action, payload, multiple, expected, key, number)
                            JOIN unnest(actions, holders) AS h (action, role) ON h.action = a.action
                            JOIN \(object("delta"))  AS d ON d.action = a.action
                            \(["JOIN \(object("states")) AS s ON s.id = a.id"] + special.map(\.join))
                           WHERE known_numbers IS NULL OR a.number <> ALL (known_numbers)
                          WINDOW w AS (PARTITION BY s.id ORDER BY a.number ROWS UNBOUNDED PRECEDING)
                           ORDER BY s.id, a.number) AS f
                  OFFSET 0) AS f;
          IF is_refused THEN
              RETURN NULL;
          END IF;

          IF coalesce(cardinality(made), 0) + coalesce(cardinality(known_numbers), 0) <> cardinality(batch.ids) THEN
              RETURN NULL;
          END IF;
          IF NOT writes THEN
              RETURN '{}'::text[];
          END IF;

          -- The chain of each instance, instance by instance: each hash is taken over the one before it.
          FOR number IN 1 .. coalesce(cardinality(made), 0) LOOP
              IF heads[number] IS NOT NULL THEN
                  last_hashes := array_append(last_hashes, hash);
                  hash := heads[number];
              END IF;
              hash := sha256(hash || words[number]);
              hashes[number] := hash;
              answers[numbers[number]] := openings[number] || encode(hash, 'hex') || '", "replayed": false}';
          END LOOP;
          last_hashes := array_append(last_hashes[2:], hash);
          FOR number IN 1 .. coalesce(cardinality(known_numbers), 0) LOOP
              answers[known_numbers[number]] := known_answers[number];
          END LOOP;

          writing := set_config('ptflow.writing', 'on', true);
          UPDATE \(object("states")) AS s
             SET \(assignments)
            FROM ROWS FROM (unnest(lasts), unnest(last_hashes))
                 AS m (\(eventColumns), new_hash)
           WHERE s.id = m.id;

          INSERT INTO \(object("events"))
                 (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
          SELECT m.id, m.seq, m.action, m.multiple, m.payload, m.marking, m.actor, m.role, m.key, m.at, m.new_hash
            FROM ROWS FROM (unnest(made), unnest(hashes), unnest(numbers))
                 AS m (\(eventColumns), new_hash, number)
           ORDER BY m.number;
          writing := set_config('ptflow.writing', '', true);
          RETURN answers;
      END;
      """
  }

  /// The columns of events, in the order of the table.
  private var eventColumns: SQL {
    "id, seq, position, txid, action, multiple, payload, marking, actor, role, key, at, hash"
  }

  /// The row of an event, which has no hash yet. What is refused may not fit into one.
  private var event: SQL {
    """
    CASE WHEN NOT f.is_refused
         THEN ROW(f.id, f.seq, NULL, NULL, f.action, f.multiple, f.payload, f.marking, caller, f.role, f.key, f.at,
                  NULL)::\(object("events")) END
    """
  }

  /// What keeps an event `f` from being fired. An arc from a place is fulfilled when no count below zero is left behind;
  /// only where something is put back, read or must not be there, what was there before has to be looked at.
  private var refusals: [SQL] {
    let full = places.indices.compactMap { index -> SQL? in
      places[index].place.capacity.map { "f.marking[\(index + 1)] > \($0)" }
    }
    return ["f.expected <> f.seq - 1", "0 > ANY (f.marking)"] + full + special.map(\.refusal)
  }

  /// For nets with arcs for which the marking before a firing has to be looked at: what they ask of it.
  private var special: [(columns: SQL, join: SQL, refusal: SQL)] {
    guard looksBack else { return [] }
    let columns: SQL = "e.numbers, e.changes, e.least_needed, e.inhibitors,"
    let join: SQL = """
      LEFT JOIN (SELECT e.action, array_agg(e.number) AS numbers, array_agg(e.output - e.input) AS changes,
                        array_agg(greatest(e.input, e.reads)) AS least_needed, array_agg(e.inhibitor) AS inhibitors
                   FROM \(object("effects")) AS e
                  WHERE e.reads IS NOT NULL OR e.inhibitor IS NOT NULL OR e.input > 0 AND e.output > 0
                  GROUP BY e.action) AS e ON e.action = a.action
      """
    let refusal: SQL = """
      f.numbers IS NOT NULL
         AND EXISTS (SELECT
                       FROM unnest(f.numbers, f.changes, f.least_needed, f.inhibitors)
                            AS e (number, change, least_needed, inhibitor)
                      CROSS JOIN LATERAL (SELECT f.marking[e.number] - f.multiple * e.change) AS b (tokens)
                      WHERE b.tokens + least(e.change, 0) * (f.multiple - 1) < e.least_needed
                         OR b.tokens + greatest(e.change, 0) * (f.multiple - 1) >= e.inhibitor)
      """
    return [(columns, join, refusal)]
  }
}
