internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The functions that only read.
  var readingSQL: SQL {
    """
    -- Reading ----------------------------------------------------------------------------------------------------

    CREATE FUNCTION \(function(.readState))(id text, as_of_seq bigint, as_of_time timestamptz)
        RETURNS jsonb
        \(dialect.innerFunction)
        STABLE
    AS \(body: stateBody);

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

  private var stateBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last  \(object("events"));
        began timestamptz;
    BEGIN
        \(dialect.perform("ptflow.demand_read(\(net))"))
        \(lastEvent)

        IF as_of_seq IS NOT NULL OR as_of_time IS NOT NULL THEN
            SELECT e.at INTO began FROM \(object("events")) AS e WHERE e.id = id AND e.seq = 0;
            IF as_of_seq IS NOT NULL AND as_of_time IS NOT NULL OR as_of_seq < 0 OR as_of_seq > last.seq
               OR as_of_time < began
            THEN
                \(dialect.perform("ptflow.refuse_as_of(\(net), id, as_of_seq, as_of_time, last.seq, began)"))
            END IF;

            -- Times never go back along an instance, so its last event by then is found from the end.
            SELECT e.*
              INTO last
              FROM \(object("events")) AS e
             WHERE e.id = id
               AND (as_of_seq  IS NULL OR e.seq = as_of_seq)
               AND (as_of_time IS NULL OR e.at <= as_of_time)
             ORDER BY e.seq DESC
             LIMIT 1;
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
