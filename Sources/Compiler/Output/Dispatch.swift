internal import PetriNet
internal import SQL

extension NetPlan {
  /// The way from an action to its transition, and what is looked for when it cannot fire.
  var dispatchSQL: SQL {
    """
    -- Dispatch ---------------------------------------------------------------------------------------------------

    -- Each condition that keeps transitions from firing at a marking: of one action, or of all.
    CREATE FUNCTION \(object("ptflow_obstacles"))(marking \(count.sql)[], multiple bigint, of_action text)
        RETURNS TABLE (action text, number integer, place text, rank integer, condition text, tokens bigint,
                       need numeric)
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: obstaclesBody);

    -- Where a firing found nothing to do: begins the instance if it is not there, or refuses with the reason.
    -- Comes back when the instance has begun, or has changed since, so that firing is worth another try.
    CREATE FUNCTION \(object("ptflow_settle"))(id text, action text, multiple bigint, expected bigint)
        RETURNS void
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: settleBody);

    -- The event that came with the same key before, if there is one. Locks the instance, so that of two calls with one
    -- key the second waits for the first.
    CREATE FUNCTION \(object("ptflow_recall"))(id text, action text, payload jsonb, multiple bigint, key text)
        RETURNS \(object("events"))
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: recallBody);

    CREATE FUNCTION \(object("ptflow_dispatch"))(
        id       text,
        action   text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text
    )
        RETURNS jsonb
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: dispatchBody);
    """
  }

  private var obstaclesBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        RETURN QUERY
            SELECT e.action, e.number, e.place, o.rank, o.condition, o.held, o.need
              FROM \(object("effects")) AS e
             CROSS JOIN LATERAL ptflow.obstacles(
                       marking[e.number], e.input, e.output, e.reads, e.inhibitor, e.resets, e.capacity, multiple) AS o
             WHERE of_action IS NULL OR e.action = of_action;
    END;
    """
  }

  private var settleBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        found_seq     bigint;
        found_marking \(count.sql)[];
        obstacles     jsonb;
    BEGIN
        PERFORM ptflow.demand_fire(
            \(string: net.name), id, action,
            (SELECT t.roles FROM \(object("transitions")) AS t WHERE t.action = action));

        SELECT s.seq, \(marking(of: "s"))
          INTO found_seq, found_marking
          FROM \(object("states")) AS s
         WHERE s.id = id;

        IF expected <> coalesce(found_seq, 0) THEN
            PERFORM ptflow.refuse_expected(\(string: net.name), id, action, expected, coalesce(found_seq, 0));
        END IF;

        IF found_seq IS NULL THEN
            PERFORM \(object("ptflow_begin"))(id);
            RETURN;
        END IF;

        SELECT jsonb_agg(jsonb_build_object('place', o.place, 'condition', o.condition,
                                            'tokens', o.tokens, 'need', o.need) ORDER BY o.number, o.rank)
          INTO obstacles
          FROM \(object("ptflow_obstacles"))(found_marking, multiple, action) AS o;

        IF obstacles IS NOT NULL THEN
            PERFORM ptflow.refuse_firing(\(string: net.name), id, action, multiple, found_seq, obstacles);
        END IF;
    END;
    """
  }

  private var recallBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        fire_roles text[];
        event      \(object("events"));
        differs    text[];
    BEGIN
        SELECT t.roles INTO fire_roles FROM \(object("transitions")) AS t WHERE t.action = action;
        IF NOT FOUND THEN
            PERFORM ptflow.refuse_action(\(string: net.name), id, action);
        END IF;
        PERFORM ptflow.demand_fire(\(string: net.name), id, action, fire_roles);

        PERFORM FROM \(object("states")) AS s WHERE s.id = id FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM \(object("ptflow_begin"))(id);
            PERFORM FROM \(object("states")) AS s WHERE s.id = id FOR NO KEY UPDATE;
        END IF;

        SELECT e.* INTO event FROM \(object("events")) AS e WHERE e.id = id AND e.key = key;
        IF FOUND THEN
            differs := array_remove(ARRAY[
                CASE WHEN event.action   <> action   THEN 'action'   END,
                CASE WHEN event.multiple <> multiple THEN 'multiple' END,
                CASE WHEN event.payload  <> payload  THEN 'payload'  END], NULL);
            IF differs <> '{}' THEN
                PERFORM ptflow.refuse_key(\(string: net.name), id, action, key, event.seq, differs);
            END IF;
        END IF;
        RETURN event;
    END;
    """
  }

  private var dispatchBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        event    \(object("events"));
        replayed boolean := false;
    BEGIN
        IF id IS NULL OR id = '' OR length(id) > 255 OR action IS NULL OR payload IS NULL
           OR multiple IS NULL OR multiple < 1 OR expected < 0 OR key = '' OR length(key) > 255
        THEN
            PERFORM ptflow.refuse_arguments(id, action, payload, multiple, expected, key);
        END IF;

        IF key IS NOT NULL THEN
            event := \(object("ptflow_recall"))(id, action, payload, multiple, key);
            replayed := event.seq IS NOT NULL;
        END IF;

        IF replayed THEN
            NULL;
        \(routes)
        END IF;

        RETURN jsonb_build_object(
            'net', \(string: net.name),
            'id', event.id,
            'seq', event.seq,
            'action', event.action,
            'multiple', event.multiple,
            'state', \(object("ptflow_marking"))(event.marking),
            'hash', encode(event.hash, 'hex'),
            'at', event.at,
            'replayed', replayed);
    END;
    """
  }

  /// A branch for each transition.
  private var routes: SQL {
    let branches: [SQL] = transitions.map { plan in
      """
      ELSIF action = \(string: plan.transition.name) THEN
          event := \(object(plan.function))(id, payload, multiple, expected, key);
      """
    }
    let unknown: SQL = """
      ELSE
          PERFORM ptflow.refuse_action(\(string: net.name), id, action);
      """
    return (branches + [unknown]).joined()
  }
}
