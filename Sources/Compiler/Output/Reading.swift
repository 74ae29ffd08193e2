internal import PetriNet
internal import SQL

extension NetPlan {
  /// The functions that only read.
  var readingSQL: SQL {
    """
    -- Reading ----------------------------------------------------------------------------------------------------

    CREATE FUNCTION \(object("ptflow_state"))(id text, as_of_seq bigint, as_of_time timestamptz)
        RETURNS jsonb
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: stateBody);

    CREATE FUNCTION \(object("ptflow_enabled"))(id text)
        RETURNS TABLE (action text, role text, may_fire boolean)
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: enabledBody);

    CREATE FUNCTION \(object("ptflow_why_not"))(id text, action text)
        RETURNS TABLE (condition text, place text, tokens bigint, need numeric)
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: whyNotBody);

    CREATE FUNCTION \(object("ptflow_events"))(id text, after_seq bigint, "limit" bigint)
        RETURNS TABLE (seq bigint, action text, multiple bigint, payload jsonb, state jsonb, actor text, role text,
                       key text, at timestamptz, hash text)
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: eventsBody);
    """
  }

  private var stateBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        now_seq     bigint;
        now_marking \(count.sql)[];
        now_at      timestamptz;
        began       timestamptz;
        then_event  record;
    BEGIN
        PERFORM ptflow.demand_read(\(string: net.name));

        SELECT s.seq, s.updated_at, s.created_at, \(marking(of: "s"))
          INTO now_seq, now_at, began, now_marking
          FROM \(object("states")) AS s
         WHERE s.id = id;
        IF NOT FOUND THEN
            PERFORM ptflow.refuse_instance(\(string: net.name), id);
        END IF;

        IF as_of_seq IS NOT NULL OR as_of_time IS NOT NULL THEN
            IF as_of_seq IS NOT NULL AND as_of_time IS NOT NULL OR as_of_seq < 0 OR as_of_seq > now_seq
               OR as_of_time < began
            THEN
                PERFORM ptflow.refuse_as_of(\(string: net.name), id, as_of_seq, as_of_time, now_seq, began);
            END IF;

            SELECT e.seq, e.at, e.marking
              INTO then_event
              FROM \(object("events")) AS e
             WHERE e.id = id
               AND (as_of_seq  IS NULL OR e.seq = as_of_seq)
               AND (as_of_time IS NULL OR e.at <= as_of_time)
             ORDER BY e.seq DESC
             LIMIT 1;
            IF FOUND THEN
                now_seq := then_event.seq;
                now_at := then_event.at;
                now_marking := then_event.marking;
            ELSE
                now_seq := 0;
                now_at := began;
                now_marking := ARRAY(SELECT p.initial FROM \(object("places")) AS p ORDER BY p.number);
            END IF;
        END IF;

        RETURN jsonb_build_object(
            'net', \(string: net.name),
            'id', id,
            'seq', now_seq,
            'state', \(object("ptflow_marking"))(now_marking),
            'at', now_at);
    END;
    """
  }

  private var enabledBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        now_marking \(count.sql)[];
    BEGIN
        PERFORM ptflow.demand_read(\(string: net.name));

        SELECT \(marking(of: "s")) INTO now_marking FROM \(object("states")) AS s WHERE s.id = id;
        IF NOT FOUND THEN
            PERFORM ptflow.refuse_instance(\(string: net.name), id);
        END IF;

        RETURN QUERY
            SELECT t.action,
                   r.role,
                   EXISTS (SELECT FROM ptflow.held AS h
                            WHERE h.net = \(string: net.name) AND h.role IN (r.role, '*'))
              FROM \(object("transitions")) AS t
             CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, number)
             WHERE t.action NOT IN (SELECT o.action
                                      FROM \(object("ptflow_obstacles"))(now_marking, 1, NULL) AS o)
             ORDER BY t.number, r.number;
    END;
    """
  }

  private var whyNotBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        now_marking \(count.sql)[];
    BEGIN
        PERFORM ptflow.demand_read(\(string: net.name));

        IF NOT EXISTS (SELECT FROM \(object("transitions")) AS t WHERE t.action = action) THEN
            PERFORM ptflow.refuse_action(\(string: net.name), id, action);
        END IF;
        SELECT \(marking(of: "s")) INTO now_marking FROM \(object("states")) AS s WHERE s.id = id;
        IF NOT FOUND THEN
            PERFORM ptflow.refuse_instance(\(string: net.name), id);
        END IF;

        RETURN QUERY
            SELECT o.condition, o.place, o.tokens, o.need
              FROM \(object("ptflow_obstacles"))(now_marking, 1, action) AS o
             ORDER BY o.number, o.rank;
    END;
    """
  }

  private var eventsBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        PERFORM ptflow.demand_read(\(string: net.name));

        IF "limit" < 0 THEN
            PERFORM ptflow.refuse_limit("limit");
        END IF;
        IF NOT EXISTS (SELECT FROM \(object("states")) AS s WHERE s.id = id) THEN
            PERFORM ptflow.refuse_instance(\(string: net.name), id);
        END IF;

        RETURN QUERY
            SELECT e.seq, e.action, e.multiple, e.payload, \(object("ptflow_marking"))(e.marking),
                   e.actor, e.role, e.key, e.at, encode(e.hash, 'hex')
              FROM \(object("events")) AS e
             WHERE e.id = id
               AND e.seq > coalesce(after_seq, 0)
             ORDER BY e.seq
             LIMIT "limit";
    END;
    """
  }
}
