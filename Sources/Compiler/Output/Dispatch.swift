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

    -- For a call that is not plain: refuses it when it cannot be meant or its caller may not, and when it brings a key,
    -- locks the instance, so that of two calls with one key the second waits for the first. Answers what the first call
    -- with that key was answered, or NULL if there was none.
    CREATE FUNCTION \(object("ptflow_prepare"))(
        id       text,
        action   text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text,
        holder   text
    )
        RETURNS jsonb
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: prepareBody);

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
        PERFORM ptflow.refuse_arguments(id, action, '{}', multiple, expected, NULL);

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

  private var prepareBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        event   \(object("events"));
        differs text[];
    BEGIN
        PERFORM ptflow.refuse_arguments(id, action, payload, multiple, expected, key);
        IF holder IS NULL THEN
            PERFORM ptflow.refuse_role(
                \(string: net.name), id, action,
                (SELECT t.roles FROM \(object("transitions")) AS t WHERE t.action = action));
        END IF;

        PERFORM FROM \(object("states")) AS s WHERE s.id = id FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM \(object("ptflow_begin"))(id);
            PERFORM FROM \(object("states")) AS s WHERE s.id = id FOR NO KEY UPDATE;
        END IF;

        SELECT e.* INTO event FROM \(object("events")) AS e WHERE e.id = id AND e.key = key;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;

        differs := array_remove(ARRAY[
            CASE WHEN event.action   <> action   THEN 'action'   END,
            CASE WHEN event.multiple <> multiple THEN 'multiple' END,
            CASE WHEN event.payload  <> payload  THEN 'payload'  END], NULL);
        IF differs <> '{}' THEN
            PERFORM ptflow.refuse_key(\(string: net.name), id, action, key, event.seq, differs);
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
            'replayed', true);
    END;
    """
  }

  private var dispatchBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        \(decision(sorted(routes)[...]))

        PERFORM ptflow.refuse_arguments(id, action, payload, multiple, expected, key);
        PERFORM ptflow.refuse_action(\(string: net.name), id, action);
        RETURN NULL;
    END;
    """
  }

  private typealias Route = (action: String, statement: SQL)

  private var routes: [Route] {
    transitions.map { plan in
      (plan.transition.name, "RETURN \(object(plan.function))(id, payload, multiple, expected, key);")
    }
  }

  private func sorted(_ routes: [Route]) -> [Route] {
    routes.sorted { $0.action.utf8.lexicographicallyPrecedes($1.action.utf8) }
  }

  /// What is done for each action. They are sorted by their bytes, so a few comparisons find one of many.
  private func decision(_ routes: ArraySlice<Route>) -> SQL {
    if routes.isEmpty { return "-- the net has no transition" }
    if routes.count <= 3 {
      let branches = routes.enumerated().map { index, route -> SQL in
        """
        \(index == 0 ? "IF" : "ELSIF" as SQL) action = \(string: route.action) THEN
            \(route.statement)
        """
      }
      return "\(branches)\nEND IF;"
    }
    let middle = routes.startIndex + routes.count / 2
    return """
      IF action COLLATE "C" < \(string: routes[middle].action) THEN
          \(decision(routes[..<middle]))
      ELSE
          \(decision(routes[middle...]))
      END IF;
      """
  }
}
