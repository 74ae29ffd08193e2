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
    -- looked at by itself. The marking before each event is the instance's plus the sum of the deltas before it, so the
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

  /// The largest number of firings in one event for which the sums of all deltas of a batch fit: PostgreSQL adds up
  /// 32-bit integers in 64 bits, and wider ones much slower.
  private var mostFirings: Int {
    let largest = transitions.flatMap(\.effects).map { $0.resets ? 0 : Int($0.change.magnitude) }.max() ?? 0
    return Int(Int32.max) / max(largest, 1)
  }

  /// The columns that can hold a number to which a sum of deltas cannot be added.
  private var wide: [SQL] {
    places.filter { $0.domain.base == .bigint }.map { "s.\(name: $0.column)" }
  }

  private var resetting: [SQL] {
    transitions.filter { $0.effects.contains(where: \.resets) }.map { "\(string: $0.transition.name)" }
  }

  private var fireBody: SQL {
    let after = places.map { place -> SQL in
      "s.\(name: place.column) + sum((a.multiple * d.\(name: place.column))::integer) OVER w"
    }
    let columns = places.indices.map { index in
      ["\(name: places[index].column)", "= m.marking[\(index + 1)],"] as [SQL]
    }
    let assignments = aligned(
      columns + [["seq", "= m.seq,"], ["updated_at", "= m.at,"], ["head", "= m.hash"]], between: " ")
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
    let hash = HashChain.link(
      "before", id: "one.id", action: "one.action" as SQL, multiple: "one.multiple", payload: "one.body",
      actor: "caller", key: "one.key", seq: "one.seq", at: "one.at", role: "one.role", marking: "one.marking")

    return """
      #variable_conflict use_variable
      DECLARE
          caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
          moment CONSTANT timestamptz := clock_timestamp();
          known_indexes   bigint[];
          known_answers   text[];
          is_plain        boolean;
          actions         text[];
          holders         text[];
          one             record;
          before          bytea;
          made            \(object("events"))[];
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

              SELECT array_agg(a.index),
                     array_agg(format('{"id": %s, "seq": %s, "hash": "%s", "replayed": true}',
                                      to_json(e.id), e.seq, encode(e.hash, 'hex'))),
                     bool_and((e.action, e.multiple, e.payload) = (a.action, a.multiple, a.payload))
                INTO known_indexes, known_answers, is_plain
                FROM unnest(batch.indexes, batch.ids, batch.actions, batch.multiples, batch.payloads, batch.keys)
                     AS a (index, id, action, multiple, payload, key)
                JOIN \(object("events")) AS e ON e.id = a.id AND e.key = a.key;
              IF NOT is_plain THEN
                  RETURN NULL;
              END IF;
          END IF;

          FOR one IN
              WITH effect AS MATERIALIZED (
                  SELECT e.action, e.number, e.output - e.input AS change, greatest(e.input, e.reads) AS least_needed,
                         e.inhibitor, coalesce(e.capacity, 9223372036854775807) AS capacity
                    FROM \(object("effects")) AS e
                   WHERE e.action = ANY (actions)
              ),
              fired AS MATERIALIZED (
                  SELECT a.index, a.id, a.action, a.payload, a.multiple, a.expected, a.key, h.role, s.head,
                         s.seq + row_number() OVER w AS seq,
                         row_number() OVER w = 1 AS is_first,
                         greatest(s.updated_at, moment) AS at,
                         ARRAY[\(wrapped(after))]::bigint[] AS marking
                    FROM unnest(batch.indexes, batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds,
                                batch.keys) AS a (index, id, action, payload, multiple, expected, key)
                    JOIN unnest(actions, holders) AS h (action, role) ON h.action = a.action
                    JOIN \(object("delta"))  AS d ON d.action = a.action
                    JOIN \(object("states")) AS s ON s.id = a.id
                   WHERE known_indexes IS NULL OR a.index <> ALL (known_indexes)
                  WINDOW w AS (PARTITION BY a.id ORDER BY a.index ROWS UNBOUNDED PRECEDING)
              )
              SELECT f.*, f.payload::text AS body,
                     EXISTS (SELECT FROM fired AS f WHERE f.expected <> f.seq - 1)
                     OR EXISTS (SELECT
                                  FROM fired AS f
                                  JOIN effect AS e ON e.action = f.action
                                 CROSS JOIN LATERAL (SELECT f.marking[e.number] - f.multiple * e.change) AS b (tokens)
                                 WHERE b.tokens + least(e.change, 0) * (f.multiple - 1) < e.least_needed
                                    OR b.tokens + greatest(e.change, 0) * (f.multiple - 1) >= e.inhibitor
                                    OR e.change > 0 AND f.marking[e.number] > e.capacity) AS is_refused
                FROM fired AS f
               ORDER BY f.id COLLATE "C", f.index
          LOOP
              IF one.is_refused THEN
                  RETURN NULL;
              END IF;
              before := CASE WHEN one.is_first THEN one.head ELSE before END;
              before := \(hash);
              made := array_append(made, ROW(one.id, one.seq, one.index, NULL, one.action, one.multiple, one.payload,
                                             one.marking, caller, one.role, one.key, one.at, before)::\(object("events")));
          END LOOP;

          IF coalesce(cardinality(made), 0) + coalesce(cardinality(known_indexes), 0) <> cardinality(batch.ids) THEN
              RETURN NULL;
          END IF;
          IF NOT writes THEN
              RETURN '{}'::text[];
          END IF;

          writing := set_config('ptflow.writing', 'on', true);
          UPDATE \(object("states")) AS s
             SET \(assignments)
            FROM (SELECT DISTINCT ON (m.id) m.* FROM unnest(made) AS m ORDER BY m.id, m.seq DESC) AS m
           WHERE s.id = m.id;

          INSERT INTO \(object("events"))
                 (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
          SELECT m.id, m.seq, m.action, m.multiple, m.payload, m.marking, m.actor, m.role, m.key, m.at, m.hash
            FROM unnest(made) AS m
           ORDER BY m.position;
          writing := set_config('ptflow.writing', '', true);

          SELECT array_agg(a.answer ORDER BY a.index)
            INTO answers
            FROM (SELECT m.position AS index,
                         format('{"id": %s, "seq": %s, "hash": "%s", "replayed": false}',
                                to_json(m.id), m.seq, encode(m.hash, 'hex')) AS answer
                    FROM unnest(made) AS m
               UNION ALL
                  SELECT k.index, k.answer FROM unnest(known_indexes, known_answers) AS k (index, answer)) AS a;
          RETURN answers;
      END;
      """
  }
}
