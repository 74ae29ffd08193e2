internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The function that checks the log against the net.
  var verificationSQL: SQL {
    """
    -- Verification -----------------------------------------------------------------------------------------------

    -- Each event that does not follow from the one before it, of one instance or of all. An event is held against what is
    -- stored of the event before it, so that a problem is told where it was made. What is not hashed is derived again:
    -- from the net as data, by the event's version, and not by the functions that fire.
    CREATE FUNCTION \(function(.verify))(id text)
        RETURNS TABLE (instance text, seq bigint, problem text, expected text, found text)
        \(dialect.innerFunction)
        STABLE
    AS \(body: verifyBody);
    """
  }

  /// What the table of the states says and the log does not.
  private var keptStates: SQL {
    guard plan.keepsStates else { return "" }
    return """

      UNION ALL
         -- a row of states is not what the log says: replay makes it anew
         SELECT f.instance, f.seq, 'states', f.expected, f.found FROM \(function(.stateFaults))(id) AS f
      """
  }

  /// Events whose payload or guard a call would have refused.
  private var rulesOfEvents: SQL {
    guard plan.hasRules else { return "" }
    return """

      UNION ALL
         -- the payload is not what it has to be, or the guard is not true
         SELECT j.id, j.seq, r.rule, coalesce(r.words, 'a payload that fulfils its schema'), r.facts::text
           FROM chain AS j
          CROSS JOIN LATERAL \(function(.rules))(j.marking_before, j.action, j.multiple, j.payload, j.at, j.actor, j.role, j.id,
                                             j.seq_before) AS r
          WHERE j.seq > 0
      """
  }

  private var verifyBody: SQL {
    let net: SQL = "\(string: plan.net.name)"
    let words = details(
      payloadHash: "coalesce(c.redacted_hash, \(hash(of: "c.payload::text")))", multiple: "c.multiple",
      keyHash: "coalesce(c.key_hash, \(hash(of: "c.key")))",
      action: "c.action", role: "c.role", actor: "c.actor")
    let root = rootHash(digest: "encode(v.digest, 'hex')", id: "c.id")
    return """
      #variable_conflict use_variable
      DECLARE
          creators CONSTANT text[] := ARRAY[\(wrapped((["*"] + plan.creators).map { "\(string: $0)" }))];
          -- No event is of this transaction or a later one, but those that this transaction itself has written.
          horizon  CONSTANT \(type(of: .transaction))   := \(dialect.nextTransaction);
          own      CONSTANT \(type(of: .transaction))   := \(dialect.ownTransaction);
      BEGIN
          \(dialect.perform("ptflow.demand_read(\(net))"))
          IF id IS NOT NULL AND NOT EXISTS (SELECT FROM \(object("instances")) AS i WHERE i.id = id)
             AND NOT EXISTS (SELECT FROM \(object("events")) AS e WHERE e.id = id)
          THEN
              \(dialect.perform("ptflow.refuse_instance(\(net), id)"))
          END IF;

          RETURN QUERY
              WITH version AS MATERIALIZED (
                  SELECT v.version, \(dialect.sha256(dialect.utf8("v.canonical_form"))) AS digest, v.encoding,
                         ARRAY(SELECT p.initial FROM \(object("places")) AS p
                                WHERE p.version = v.version ORDER BY p.number)::\(plan.marking.element.sql)[] AS initial
                    FROM ptflow.net_versions AS v
                   WHERE v.net = \(net)
              ),
              chain AS (
                  SELECT e.id, e.seq, e.at, e.version, e.txid, e.action, e.actor, e.role, e.marking,
                         e.payload, e.hash, coalesce(d.multiple, 1) AS multiple, d.key,
                         r.payload_hash AS redacted_hash, r.key_hash,
                         lag(e.seq, 1, -1::bigint)     OVER w AS seq_before,
                         lag(e.at)                     OVER w AS at_before,
                         lag(e.version)                OVER w AS version_before,
                         lag(e.hash)                   OVER w AS hash_before,
                         lag(e.marking)                OVER w AS marking_before,
                         lag(e.txid)                   OVER w AS txid_before
                    FROM \(object("events"))  AS e
                    LEFT JOIN \(object("details"))    AS d ON d.id = e.id AND d.seq = e.seq
                    LEFT JOIN \(object("redactions")) AS r ON r.id = e.id AND r.seq = e.seq
                   WHERE id IS NULL OR e.id = id
                  WINDOW w AS (PARTITION BY e.id ORDER BY e.seq)
              ),
              judged AS (
                  SELECT c.*, v.encoding, d.vector, d.resets,
                         CASE WHEN c.seq = 0 THEN creators ELSE array_prepend('*', t.roles) END AS roles,
                         c.txid < horizon OR c.txid IS NOT DISTINCT FROM own AS has_begun,
                         ptflow.is_storable(c.payload) AS is_storable,
                         CASE WHEN ptflow.is_storable(c.payload)
                              THEN \(hash(
                                after: "coalesce(c.hash_before, \(root))", at: dialect.bytes(ofTime: "c.at"), details: words))
                         END AS hash_due,
                         CASE WHEN c.seq = 0
                              THEN c.marking = v.initial
                              WHEN d.resets = '{}'
                              -- Dividing what was changed cannot overflow.
                              THEN array_dims(c.marking) IS NOT DISTINCT FROM array_dims(c.marking_before)
                                   AND NOT EXISTS (SELECT FROM unnest(c.marking_before, c.marking, d.vector)
                                                          AS u (before, after, delta)
                                                    WHERE CASE WHEN u.delta = 0 THEN u.after = u.before
                                                               WHEN u.before < 0 OR u.after < 0
                                                               THEN u.after = u.before + c.multiple::numeric * u.delta
                                                               ELSE (u.after - u.before) % u.delta = 0
                                                                    AND (u.after - u.before) / u.delta = c.multiple
                                                          END IS NOT TRUE)
                              ELSE array_dims(c.marking) IS NOT DISTINCT FROM array_dims(c.marking_before)
                                   AND NOT EXISTS (SELECT FROM unnest(c.marking_before, c.marking, d.vector)
                                                          WITH ORDINALITY AS u (before, after, delta, number)
                                                    WHERE u.after IS DISTINCT FROM
                                                          CASE WHEN u.number = ANY (d.resets) THEN u.delta
                                                               ELSE u.before + c.multiple::numeric * u.delta END)
                         END AS follows
                    FROM chain AS c
                    LEFT JOIN version AS v ON v.version = c.version
                    LEFT JOIN \(object("transitions")) AS t ON t.version = c.version AND t.action = c.action
                    LEFT JOIN \(object("delta"))       AS d ON d.version = c.version AND d.action = c.action
                  OFFSET 0
              )
              SELECT j.id, j.seq, p.problem, p.expected, p.found
                FROM judged AS j
               CROSS JOIN LATERAL (VALUES
                     -- an event is missing before this one
                     ('seq', j.seq = j.seq_before + 1, (j.seq_before + 1)::text, j.seq::text),
                     -- the net has no such version, or an instance changed it
                     ('version', j.encoding = 1 AND j.version = coalesce(j.version_before, j.version),
                      j.version_before::text, j.version::text),
                     -- what the event says is not what was hashed
                     ('hash', j.hash_due = j.hash, encode(j.hash_due, 'hex'), encode(j.hash, 'hex')),
                     -- the beginning fires nothing; all that follows fires a transition
                     ('action', CASE WHEN j.seq = 0 THEN j.action = '' AND j.payload = '{}' AND j.key IS NULL
                                     ELSE j.vector IS NOT NULL END,
                      CASE WHEN j.seq = 0 THEN '' ELSE 'a transition of the net' END, j.action),
                     ('multiple', j.multiple >= 1 AND (j.seq > 0 OR j.multiple = 1), 'at least 1', j.multiple::text),
                     -- the marking is not the one before it plus what the transition changes
                     ('marking', j.follows,
                      (SELECT array_agg(CASE WHEN u.number = ANY (j.resets) THEN u.delta
                                             ELSE u.before + j.multiple::numeric * u.delta END ORDER BY u.number)
                         FROM unnest(j.marking_before, j.vector) WITH ORDINALITY AS u (before, delta, number))::text,
                      j.marking::text),
                     -- nobody, or no role that may do this
                     ('actor', j.actor <> '', 'a role of the database', j.actor),
                     ('role', j.role = ANY (j.roles), array_to_string(j.roles, ', '), j.role),
                     -- a time before the one before it
                     ('at', j.at >= coalesce(j.at_before, j.at), j.at_before::text, j.at::text),
                     -- a transaction that has not begun: told once, of those that follow one another
                     ('txid', j.has_begun OR j.txid_before >= horizon, format('less than %s', horizon), j.txid::text),
                     ('txid', j.txid >= coalesce(j.txid_before, j.txid), format('at least %s', j.txid_before), j.txid::text),
                     -- what a call would have refused
                     ('key', coalesce(length(j.key), 1) BETWEEN 1 AND 255, '1 to 255 characters', j.key),
                     ('redaction', (j.redacted_hash IS NULL OR j.payload = 'null' AND j.seq > 0)
                                   AND (j.key_hash IS NULL OR j.key IS NULL),
                      'nothing where something was taken out', coalesce(j.key, left(j.payload::text, 100))),
                     ('payload', j.is_storable, 'a payload that can be stored', ptflow.payload_fault(j.payload))
                     ) AS p (problem, holds, expected, found)
               WHERE (j.seq = j.seq_before + 1 AND j.hash_due = j.hash AND j.follows AND j.encoding = 1
                      AND j.version = coalesce(j.version_before, j.version) AND j.multiple >= 1 AND j.actor <> ''
                      AND j.at >= coalesce(j.at_before, j.at) AND j.role = ANY (j.roles) AND j.has_begun
                      AND j.txid >= coalesce(j.txid_before, j.txid)
                      AND coalesce(length(j.key), 1) BETWEEN 1 AND 255
                      AND (j.redacted_hash IS NULL OR j.payload = 'null' AND j.seq > 0)
                      AND (j.key_hash IS NULL OR j.key IS NULL)) IS NOT TRUE
                 AND p.holds IS NOT TRUE
           UNION ALL
              -- the transition was not enabled
              SELECT j.id, j.seq, 'not enabled', format('%s at %s of %s', c.condition, o.need, p.place), o.held::text
                FROM chain AS j
                JOIN (SELECT c.* FROM \(object("conditions")) AS c OFFSET 0) AS c ON c.version = j.version AND c.action = j.action
                JOIN \(object("places")) AS p ON p.version = j.version AND p.number = c.number
               CROSS JOIN LATERAL ptflow.obstacle(c.relation, c.need, c.drift, c.after_reset,
                                                  j.marking_before[c.number], j.multiple) AS o
               WHERE j.multiple <> 1
                  OR CASE c.relation WHEN '>=' THEN j.marking_before[c.number] <  c.need
                                     WHEN '<'  THEN j.marking_before[c.number] >= c.need
                                     ELSE           j.marking_before[c.number] >  c.need END\(rulesOfEvents)
           UNION ALL
              -- an instance without events, or events without an instance; or what no call makes
              SELECT coalesce(i.id, e.id), 0::bigint, 'instance', p.expected, p.found
                FROM \(object("instances")) AS i
                FULL JOIN (SELECT e.id FROM \(object("events")) AS e WHERE e.seq = 0) AS e ON e.id = i.id
               CROSS JOIN LATERAL (VALUES
                     (e.id IS NOT NULL, 'an event 0', 'none'),
                     (i.id IS NOT NULL, 'a row in instances', 'none'),
                     (coalesce(i.seq, 0) = 0, 'seq 0', i.seq::text),
                     (length(coalesce(i.id, e.id)) BETWEEN 1 AND 255, 'an id of 1 to 255 characters', coalesce(i.id, e.id))
                     ) AS p (holds, expected, found)
               WHERE (id IS NULL OR coalesce(i.id, e.id) = id)
                 AND NOT p.holds
           UNION ALL
              -- taken out of no event
              SELECT r.id, r.seq, 'redaction', 'an event', 'none'
                FROM \(object("redactions")) AS r
               WHERE (id IS NULL OR r.id = id)
                 AND NOT EXISTS (SELECT FROM \(object("events")) AS e WHERE e.id = r.id AND e.seq = r.seq)
           UNION ALL
              -- details of no event, or that say nothing
              SELECT d.id, d.seq, 'details', CASE WHEN e.id IS NULL THEN 'an event' ELSE 'a key, or more than one firing' END, 'none'
                FROM \(object("details")) AS d
                LEFT JOIN \(object("events")) AS e ON e.id = d.id AND e.seq = d.seq
               WHERE (id IS NULL OR d.id = id)
                 AND (e.id IS NULL OR d.key IS NULL AND d.multiple = 1)\(keptStates)
               ORDER BY 1, 2, 3, 4;
      END;
      """
  }
}
