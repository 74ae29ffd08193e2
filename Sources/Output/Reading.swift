internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The functions that only read.
  var readingSQL: SQL {
    """
    -- Reading ----------------------------------------------------------------------------------------------------

    -- The seq of an instance at a time: of its last event by then. NULL before its beginning, and where there is none.
    CREATE FUNCTION \(function(.seqAt))(id text, moment timestamptz)
        RETURNS bigint
        \(dialect.innerFunction)
        STABLE
    AS \(body: seqAtBody);

    CREATE FUNCTION \(function(.readState))(id text, as_of_seq bigint, as_of_time timestamptz)
        RETURNS jsonb
        \(dialect.innerFunction)
        STABLE
    AS \(body: stateBody);

    CREATE FUNCTION \(function(.readStatesAsOf))(moment timestamptz, after_id text, "limit" bigint)
        RETURNS TABLE (id text, seq bigint, state jsonb, at timestamptz)
        \(dialect.innerFunction)
        STABLE
    AS \(body: statesAsOfBody);

    CREATE FUNCTION \(function(.readDiff))(id text, from_seq bigint, to_seq bigint)
        RETURNS TABLE (place text, before bigint, after bigint, change bigint)
        \(dialect.innerFunction)
        STABLE
    AS \(body: diffBody);

    CREATE FUNCTION \(function(.readEnabled))(id text)
        RETURNS TABLE (action text, role text, may_fire boolean)
        \(dialect.innerFunction)
        STABLE
    AS \(body: enabledBody);

    CREATE FUNCTION \(function(.readWhyNot))(id text, action text, payload jsonb)
        RETURNS TABLE (condition text, place text, tokens bigint, need numeric, rule text, saw jsonb)
        \(dialect.innerFunction)
        STABLE
    AS \(body: whyNotBody);

    CREATE FUNCTION \(function(.readEvents))(id text, after_seq bigint, "limit" bigint)
        RETURNS TABLE (seq bigint, action text, multiple bigint, payload jsonb, state jsonb, actor text, role text,
                       key text, at timestamptz, hash text)
        \(dialect.innerFunction)
        STABLE
    AS \(body: eventsBody);
    """
  }

  private var net: SQL { "\(string: plan.net.name)" }

  /// Looks up the last event of the instance, or refuses.
  private var lastEvent: SQL {
    """
    SELECT e.* INTO last FROM \(object("events")) AS e WHERE e.id = id ORDER BY e.seq DESC LIMIT 1;
    IF last.seq IS NULL THEN
        \(dialect.perform("ptflow.refuse_instance(\(net), id)"))
    END IF;
    """
  }

  private var seqAtBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        low      bigint := 0::bigint;
        high     bigint;
        middle   bigint;
        is_later boolean;
    BEGIN
        SELECT e.seq, e.at > moment
          INTO high, is_later
          FROM \(object("events")) AS e
         WHERE e.id = id
         ORDER BY e.seq DESC
         LIMIT 1;
        IF is_later IS NOT TRUE THEN
            RETURN high;
        END IF;
        IF (SELECT e.at > moment FROM \(object("events")) AS e WHERE e.id = id AND e.seq = 0) IS NOT FALSE THEN
            RETURN NULL;
        END IF;

        -- Times never go back along an instance: the event low is by then, the event high is later.
        WHILE high - low > 1 LOOP
            middle := low + (high - low) / 2;
            SELECT e.at > moment INTO is_later FROM \(object("events")) AS e WHERE e.id = id AND e.seq = middle;
            IF is_later THEN
                high := middle;
            ELSE
                low := middle;
            END IF;
        END LOOP;
        RETURN low;
    END;
    """
  }

  private var stateBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last   \(object("events"));
        number bigint;
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        \(lastEvent)

        IF as_of_seq IS NOT NULL OR as_of_time IS NOT NULL THEN
            number := coalesce(as_of_seq, \(function(.seqAt))(id, as_of_time));
            IF as_of_seq IS NOT NULL AND as_of_time IS NOT NULL OR (number BETWEEN 0 AND last.seq) IS NOT TRUE THEN
                \(dialect.perform("""
                  ptflow.refuse_as_of(
                      \(net), id, as_of_seq, as_of_time, last.seq,
                      (SELECT e.at FROM \(object("events")) AS e WHERE e.id = id AND e.seq = 0))
                  """))
            END IF;
            SELECT e.* INTO last FROM \(object("events")) AS e WHERE e.id = id AND e.seq = number;
        END IF;

        RETURN jsonb_build_object(
            'net', \(net),
            'id', id,
            'seq', last.seq,
            'state', \(function(.stateText))(last.marking),
            'at', last.at);
    END;
    """
  }

  private var statesAsOfBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        IF moment IS NULL THEN
            \(dialect.perform("ptflow.refuse_null('time', 'a point in time')"))
        ELSIF "limit" < 0 THEN
            \(dialect.perform("ptflow.refuse_limit(\"limit\")"))
        END IF;

        RETURN QUERY
            SELECT i.id, e.seq, \(function(.stateText))(e.marking)::jsonb, e.at
              FROM \(object("instances")) AS i
             CROSS JOIN LATERAL (SELECT e.seq, e.marking, e.at
                                   FROM \(object("events")) AS e
                                  WHERE e.id = i.id AND e.seq = \(function(.seqAt))(i.id, moment)
                                  LIMIT 1) AS e
             WHERE after_id IS NULL OR i.id > after_id
             ORDER BY i.id
             LIMIT "limit";
    END;
    """
  }

  private var diffBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last \(object("events"));
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        \(lastEvent)
        IF (from_seq BETWEEN 0 AND last.seq) IS NOT TRUE THEN
            \(dialect.perform("ptflow.refuse_seq(\(net), id, 'from_seq', from_seq, last.seq)"))
        ELSIF NOT to_seq BETWEEN 0 AND last.seq THEN
            \(dialect.perform("ptflow.refuse_seq(\(net), id, 'to_seq', to_seq, last.seq)"))
        END IF;

        RETURN QUERY
            SELECT p.place, u.before::bigint, u.after::bigint, u.after::bigint - u.before
              FROM \(object("events")) AS b
              JOIN \(object("events")) AS a ON a.id = b.id AND a.seq = coalesce(to_seq, last.seq)
             CROSS JOIN LATERAL unnest(b.marking, a.marking) WITH ORDINALITY AS u (before, after, number)
              JOIN \(object("places")) AS p ON p.version = b.version AND p.number = u.number
             WHERE b.id = id
               AND b.seq = from_seq
               AND u.before <> u.after
             ORDER BY u.number;
    END;
    """
  }

  private var enabledBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last \(object("events"));
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        \(lastEvent)

        RETURN QUERY
            SELECT t.action,
                   r.role,
                   ptflow.holds(\(net), r.role)
              FROM \(object("transitions")) AS t
             CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, number)
             WHERE t.version = last.version
               AND t.action NOT IN (SELECT o.action FROM \(function(.obstacles))(last.marking, last.version, NULL, 1) AS o)\(guardsOfEnabled)
             ORDER BY t.number, r.number;
    END;
    """
  }

  private var whyNotBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last \(object("events"));
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        IF \(rolesOf("action")) IS NULL THEN
            \(dialect.perform("ptflow.refuse_action(\(net), id, action)"))
        END IF;
        \(lastEvent)

        \([obstaclesOfWhyNot] + (plan.hasRules ? [rulesOfWhyNot] : []))
    END;
    """
  }

  /// No action is enabled whose guard is false whatever the payload is.
  private var guardsOfEnabled: SQL {
    guard plan.hasRules else { return "" }
    return """

      AND NOT EXISTS (SELECT FROM \(function(.rules))(last.marking, t.action, 1, NULL, greatest(last.at, clock_timestamp()),
                                                     \(caller), r.role, id, last.seq) AS g
                       WHERE NOT g.holds)
      """
  }

  private var obstaclesOfWhyNot: SQL {
    """
    RETURN QUERY
        SELECT o.condition, o.place, o.tokens, o.need, NULL::text, NULL::jsonb
          FROM \(function(.obstacles))(last.marking, last.version, action, 1) AS o
         ORDER BY o.number, o.rank;
    """
  }

  /// What the rules say: a guard without a payload only when it is false whatever that is.
  private var rulesOfWhyNot: SQL {
    """
    RETURN QUERY
        SELECT r.rule, NULL::text, NULL::bigint, NULL::numeric,
               CASE r.rule WHEN 'when' THEN r.words ELSE format('%s: %s', f.failure ->> 'keyword', f.failure ->> 'wanted') END,
               CASE r.rule WHEN 'when' THEN r.facts ELSE jsonb_build_object('pointer', f.failure -> 'pointer') END
          FROM \(function(.rules))(last.marking, action, 1, payload, greatest(last.at, clock_timestamp()), \(caller),
                               \(function(.roleFor))(action, \(caller)), id, last.seq) AS r
          LEFT JOIN LATERAL jsonb_array_elements(CASE r.rule WHEN 'payload' THEN r.facts END)
                            WITH ORDINALITY AS f (failure, number) ON true
         WHERE payload IS NOT NULL OR NOT r.holds
         ORDER BY r.rule, f.number;
    """
  }

  private var eventsBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last \(object("events"));
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        IF "limit" < 0 THEN
            \(dialect.perform("ptflow.refuse_limit(\"limit\")"))
        END IF;
        \(lastEvent)

        -- The beginning is no event that anybody fired.
        RETURN QUERY
            SELECT e.seq, e.action, coalesce(d.multiple, 1), e.payload, \(function(.stateText))(e.marking)::jsonb,
                   e.actor, e.role, d.key, e.at, encode(e.hash, 'hex')
              FROM \(object("events"))  AS e
              LEFT JOIN \(object("details")) AS d ON d.id = e.id AND d.seq = e.seq
             WHERE e.id = id
               AND e.seq > greatest(after_seq, 0)
             ORDER BY e.seq
             LIMIT "limit";
    END;
    """
  }
}
