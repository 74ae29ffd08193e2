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

    CREATE FUNCTION \(function(.readWhyNot))(id text, action text)
        RETURNS TABLE (condition text, place text, tokens bigint, need numeric)
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
               AND t.action NOT IN (SELECT o.action FROM \(function(.obstacles))(last.marking, last.version, NULL, 1) AS o)
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

        RETURN QUERY
            SELECT o.condition, o.place, o.tokens, o.need
              FROM \(function(.obstacles))(last.marking, last.version, action, 1) AS o
             ORDER BY o.number, o.rank;
    END;
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
