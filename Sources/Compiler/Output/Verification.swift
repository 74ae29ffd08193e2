internal import PetriNet
internal import SQL

extension NetPlan {
  /// The function that checks the chains against the rows, and the rows against the net.
  var verificationSQL: SQL {
    """
    -- Verification -----------------------------------------------------------------------------------------------

    -- Each event whose place in the chain is broken, of one instance or of all. An event is held against the stored hash
    -- and marking of the event before it, so that a problem is reported where it was made.
    CREATE FUNCTION \(object("ptflow_verify"))(id text)
        RETURNS TABLE (instance text, seq bigint, problem text, expected text, found text)
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: verifyBody);
    """
  }

  private var verifyBody: SQL {
    let asked = HashChain.asked(
      id: "c.id", action: "c.action", multiple: "c.multiple", payload: "c.payload::text", actor: "c.actor", key: "c.key"
    )
    let came = HashChain.came(seq: "c.seq", at: "c.at", role: "c.role", marking: "c.marking")
    let initial: SQL = "ARRAY(SELECT p.initial::\(count.sql) FROM \(object("places")) AS p ORDER BY p.number)"
    return """
      #variable_conflict use_variable
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
                         lag(e.seq, 1, 0::bigint)                                                    OVER w AS seq_before,
                         coalesce(lag(e.hash)    OVER w, \(object("ptflow_genesis"))(e.id, s.created_at)) AS hash_before,
                         coalesce(lag(e.marking) OVER w, \(initial)) AS marking_before,
                         row_number() OVER (PARTITION BY e.id ORDER BY e.seq DESC) = 1                      AS is_last
                    FROM \(object("events")) AS e
                    LEFT JOIN \(object("states")) AS s ON s.id = e.id
                   WHERE id IS NULL OR e.id = id
                  WINDOW w AS (PARTITION BY e.id ORDER BY e.seq)
              )
              -- an event is missing before this one
              SELECT c.id, c.seq, 'seq', (c.seq_before + 1)::text, c.seq::text
                FROM chain AS c
               WHERE c.seq <> c.seq_before + 1
           UNION ALL
              -- what the event says is not what was hashed
              SELECT c.id, c.seq, 'hash', encode(h.hash, 'hex'), encode(c.hash, 'hex')
                FROM chain AS c
               CROSS JOIN LATERAL (SELECT \(HashChain.link("c.hash_before", asked, came))) AS h (hash)
               WHERE h.hash IS DISTINCT FROM c.hash
           UNION ALL
              -- the marking is not the one before it plus the transition's delta
              SELECT c.id, c.seq, 'marking', m.marking::text, c.marking::text
                FROM chain AS c
                LEFT JOIN \(object("delta")) AS d ON d.action = c.action
               CROSS JOIN LATERAL (SELECT \(markingAfter)) AS m (marking)
               WHERE m.marking IS DISTINCT FROM c.marking::numeric[]
           UNION ALL
              -- the transition was not enabled
              SELECT c.id, c.seq, 'not enabled', format('%s at %s of %s', o.condition, o.need, o.place), o.tokens::text
                FROM chain AS c
               CROSS JOIN LATERAL \(object("ptflow_obstacles"))(c.marking_before, c.multiple, c.action) AS o
           UNION ALL
              -- the instance is gone, or not where its last event left it
              SELECT c.id, c.seq, 'instance', format('%s %s %s %s', c.seq, encode(c.hash, 'hex'), c.marking, c.at),
                     CASE WHEN s.id IS NOT NULL
                          THEN format('%s %s %s %s', s.seq, encode(s.head, 'hex'), m.marking, s.updated_at) END
                FROM chain AS c
                LEFT JOIN \(object("states")) AS s ON s.id = c.id
               CROSS JOIN LATERAL (SELECT \(marking(of: "s"))) AS m (marking)
               WHERE c.is_last
                 AND (s.seq, s.head, m.marking, s.updated_at) IS DISTINCT FROM (c.seq, c.hash, c.marking, c.at)
           UNION ALL
              -- an instance without events is not in its beginning
              SELECT s.id, s.seq, 'instance',
                     format('%s %s %s %s', 0, encode(b.hash, 'hex'), b.marking, s.created_at),
                     format('%s %s %s %s', s.seq, encode(s.head, 'hex'), m.marking, s.updated_at)
                FROM \(object("states")) AS s
               CROSS JOIN LATERAL (SELECT \(marking(of: "s"))) AS m (marking)
               CROSS JOIN LATERAL (SELECT \(object("ptflow_genesis"))(s.id, s.created_at),
                                          \(initial)) AS b (hash, marking)
               WHERE (id IS NULL OR s.id = id)
                 AND NOT EXISTS (SELECT FROM \(object("events")) AS e WHERE e.id = s.id)
                 AND (s.seq, s.head, m.marking, s.updated_at)
                     IS DISTINCT FROM (0::bigint, b.hash, b.marking, s.created_at)
               ORDER BY 1, 2, 3;
      END;
      """
  }

  /// The marking after an event, from the one before it and the delta table; numeric, so that a count that was tampered
  /// with cannot overflow.
  private var markingAfter: SQL {
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
