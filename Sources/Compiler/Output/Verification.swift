internal import PetriNet
internal import SQL

extension NetPlan {
  /// The function that checks the chains against the rows, and the rows against the net.
  var verificationSQL: SQL {
    """
    -- Verification -----------------------------------------------------------------------------------------------

    -- Each event whose place in the chain is broken, of one instance or of all. An event is held against the stored hash
    -- and marking of the event before it, so that a problem is reported where it was made. It is one pass over the events
    -- for what an event says, and one for whether its transition was enabled.
    CREATE FUNCTION \(object("ptflow_verify"))(id text)
        RETURNS TABLE (instance text, seq bigint, problem text, expected text, found text)
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: verifyBody);
    """
  }

  private var verifyBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        begins CONSTANT \(count.sql)[] := ARRAY(SELECT p.initial FROM \(object("places")) AS p ORDER BY p.number)::\(count.sql)[];
    BEGIN
        PERFORM ptflow.demand_read(\(string: net.name));

        IF id IS NOT NULL AND NOT EXISTS (SELECT FROM \(object("states")) AS s WHERE s.id = id)
           AND NOT EXISTS (SELECT FROM \(object("events")) AS e WHERE e.id = id)
        THEN
            PERFORM ptflow.refuse_instance(\(string: net.name), id);
        END IF;

        RETURN QUERY
            WITH chain AS (
                SELECT e.id, e.seq, e.action, e.multiple, e.payload, e.marking, e.actor, e.role, e.key, e.at, e.hash,
                       lag(e.seq, 1, 0::bigint) OVER w AS seq_before,
                       lag(e.hash)              OVER w AS hash_before,
                       lag(e.marking, 1, begins) OVER w AS marking_before,
                       lead(e.seq)              OVER w IS NULL AS is_last
                  FROM \(object("events")) AS e
                 WHERE id IS NULL OR e.id = id
                WINDOW w AS (PARTITION BY e.id ORDER BY e.seq)
            ),
            judged AS (
                SELECT c.*,
                       \(hashDue) AS hash_due,
                       \(markingDue) AS marking_due,
                       s.id IS NOT NULL AS is_there, s.seq AS state_seq, s.head AS state_head, s.updated_at AS state_at,
                       \(marking(of: "s")) AS state_marking
                  FROM chain AS c
                  LEFT JOIN \(object("states")) AS s ON s.id = c.id
                  LEFT JOIN \(object("delta"))  AS d ON d.action = c.action
                OFFSET 0
            )
            SELECT j.id, j.seq, p.problem, p.expected, p.found
              FROM judged AS j
             CROSS JOIN LATERAL (VALUES
                   -- an event is missing before this one
                   ('seq', j.seq = j.seq_before + 1, (j.seq_before + 1)::text, j.seq::text),
                   -- what the event says is not what was hashed
                   ('hash', coalesce(j.hash_due = j.hash, false), encode(j.hash_due, 'hex'), encode(j.hash, 'hex')),
                   -- the marking is not the one before it plus the transition's delta
                   ('marking', coalesce(j.marking_due = j.marking::numeric[], false), j.marking_due::text, j.marking::text),
                   -- the instance is gone, or not where its last event left it
                   ('instance', NOT j.is_last OR coalesce((j.state_seq, j.state_head, j.state_marking, j.state_at)
                                                          = (j.seq, j.hash, j.marking, j.at), false),
                    format('%s %s %s %s', j.seq, encode(j.hash, 'hex'), j.marking, j.at),
                    CASE WHEN j.is_there
                         THEN format('%s %s %s %s', j.state_seq, encode(j.state_head, 'hex'), j.state_marking, j.state_at)
                    END)
                   ) AS p (problem, holds, expected, found)
             WHERE (j.seq <> j.seq_before + 1
                    OR j.hash_due IS DISTINCT FROM j.hash
                    OR j.marking_due IS DISTINCT FROM j.marking::numeric[]
                    OR j.is_last AND (j.state_seq, j.state_head, j.state_marking, j.state_at)
                                     IS DISTINCT FROM (j.seq, j.hash, j.marking, j.at))
               AND NOT p.holds
         UNION ALL
            -- the transition was not enabled
            SELECT c.id, c.seq, 'not enabled', format('%s at %s of %s', o.condition, o.need, e.place), o.held::text
              FROM chain AS c
              JOIN (SELECT e.* FROM \(object("effects")) AS e OFFSET 0) AS e ON e.action = c.action
             CROSS JOIN LATERAL ptflow.obstacles(
                       c.marking_before[e.number], e.input, e.output, e.reads, e.inhibitor, e.resets, e.capacity,
                       c.multiple) AS o
             WHERE c.multiple > 1
                OR c.marking_before[e.number] < greatest(e.input, e.reads)
                OR c.marking_before[e.number] >= e.inhibitor
                OR e.output > e.input
                   AND c.marking_before[e.number]::numeric + e.output - e.input > coalesce(e.capacity, 9223372036854775807)
         UNION ALL
            -- an instance without events is not in its beginning
            SELECT s.id, s.seq, 'instance',
                   format('%s %s %s %s', 0, encode(b.hash, 'hex'), begins, s.created_at),
                   format('%s %s %s %s', s.seq, encode(s.head, 'hex'), m.marking, s.updated_at)
              FROM \(object("states")) AS s
             CROSS JOIN LATERAL (SELECT \(marking(of: "s"))) AS m (marking)
             CROSS JOIN LATERAL (SELECT \(object("ptflow_genesis"))(s.id, s.created_at)) AS b (hash)
             WHERE (id IS NULL OR s.id = id)
               AND NOT EXISTS (SELECT FROM \(object("events")) AS e WHERE e.id = s.id)
               AND (s.seq, s.head, m.marking, s.updated_at) IS DISTINCT FROM (0::bigint, b.hash, begins, s.created_at)
             ORDER BY 1, 2, 3, 4;
    END;
    """
  }

  /// The hash that the event should have; without an event before it, after the hash of the instance's beginning.
  private var hashDue: SQL {
    let action: SQL = "c.action"
    return HashChain.link(
      "coalesce(c.hash_before, \(object("ptflow_genesis"))(c.id, s.created_at))", id: "c.id", action: action,
      multiple: "c.multiple", payload: "c.payload::text", actor: "c.actor", key: "c.key", seq: "c.seq", at: "c.at",
      role: "c.role", marking: "c.marking")
  }

  /// The marking that the event should leave, from the one before it and the delta table; numeric, so that a count that
  /// was tampered with cannot overflow.
  private var markingDue: SQL {
    let counts: [SQL] = places.enumerated().map { index, place in
      let before: SQL = "c.marking_before[\(index + 1)]"
      let after: SQL = "\(before) + c.multiple::numeric * d.\(name: place.column)"
      let resetting: [SQL] = transitions.filter { plan in
        plan.effects.contains { $0.place == index && $0.resets }
      }.map { "\(string: $0.transition.name)" }
      if resetting.isEmpty { return after }
      return "CASE WHEN c.action IN (\(resetting, separator: ", ")) THEN d.\(name: place.column) ELSE \(after) END"
    }
    return "ARRAY[\(counts, separator: ",\n")]::numeric[]"
  }
}
