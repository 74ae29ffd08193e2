-- Writes the facade anew: the seven functions that clients call, each with a branch for every installed net.
--
-- The branches are static, so that a dispatch never runs dynamic SQL; this function alone does, once an installation.
-- It is the last step of every installation, whether by `ptflow install` or by `psql -f`.

CREATE OR REPLACE FUNCTION ptflow.refresh_facade()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $facade$
DECLARE
    facade CONSTANT name := (SELECT e.facade FROM ptflow.engine AS e);
    call     record;
    branches text;
BEGIN
    FOR call IN
        SELECT *
          FROM (VALUES
               ('ptflow_dispatch',
                'net text, id text, action text, payload jsonb DEFAULT ''{}'', multiple bigint DEFAULT 1, '
                    'expected bigint DEFAULT NULL, key text DEFAULT NULL',
                'jsonb', 'VOLATILE',
                'RETURN %I.ptflow_dispatch(id, action, payload, multiple, expected, key);',
                'fires a transition of an instance, and makes the instance if this is its first event.'),

               ('ptflow_create',
                'net text, id text',
                'jsonb', 'VOLATILE',
                'RETURN %I.ptflow_create(id);',
                'makes an instance in the initial marking; again, it gives the first answer again.'),

               ('ptflow_state',
                'net text, id text, as_of_seq bigint DEFAULT NULL, as_of_time timestamptz DEFAULT NULL',
                'jsonb', 'STABLE',
                'RETURN %I.ptflow_state(id, as_of_seq, as_of_time);',
                'the marking of an instance, now or as it was.'),

               ('ptflow_enabled',
                'net text, id text',
                'TABLE (action text, role text, may_fire boolean)', 'STABLE',
                'RETURN QUERY SELECT e.action, e.role, e.may_fire FROM %I.ptflow_enabled(id) AS e; RETURN;',
                'the transitions that are enabled, with the roles that may fire them.'),

               ('ptflow_why_not',
                'net text, id text, action text',
                'TABLE (condition text, place text, tokens bigint, need numeric)', 'STABLE',
                'RETURN QUERY SELECT w.condition, w.place, w.tokens, w.need FROM %I.ptflow_why_not(id, action) AS w; RETURN;',
                'each condition that keeps a transition from firing; no row when it is enabled.'),

               ('ptflow_events',
                'net text, id text, after_seq bigint DEFAULT 0, "limit" bigint DEFAULT NULL',
                'TABLE (seq bigint, action text, multiple bigint, payload jsonb, state jsonb, actor text, role text, '
                    'key text, at timestamptz, hash text)', 'STABLE',
                'RETURN QUERY SELECT e.seq, e.action, e.multiple, e.payload, e.state, e.actor, e.role, e.key, e.at, e.hash '
                    'FROM %I.ptflow_events(id, after_seq, "limit") AS e; RETURN;',
                'the events of an instance, in order.'),

               ('ptflow_verify',
                'net text, id text DEFAULT NULL',
                'TABLE (instance text, seq bigint, problem text, expected text, found text)', 'STABLE',
                'RETURN QUERY SELECT v.instance, v.seq, v.problem, v.expected, v.found FROM %I.ptflow_verify(id) AS v; RETURN;',
                'each event whose place in the chain is broken, of one instance or of all; no row when all is intact.')
               ) AS f (name, arguments, answer, volatility, branch, comment)
    LOOP
        IF EXISTS (SELECT FROM pg_proc AS p
                    WHERE p.pronamespace = to_regnamespace(quote_ident(facade))
                      AND p.proname = call.name
                      AND (coalesce(obj_description(p.oid, 'pg_proc'), '') NOT LIKE 'ptflow facade:%'
                           OR p.proowner <> (SELECT n.nspowner FROM pg_namespace AS n WHERE n.nspname = 'ptflow')))
        THEN
            RAISE EXCEPTION 'there is a function %.% that ptflow did not make', facade, call.name
                USING ERRCODE = 'duplicate_function',
                      HINT    = 'Choose another schema for the facade: ptflow install --facade NAME …';
        END IF;

        SELECT ptflow.decision('net', array_agg(n.net ORDER BY n.net),
                               array_agg(format(call.branch, n.schema_name) ORDER BY n.net), '    ')
          INTO branches
          FROM ptflow.nets AS n;

        EXECUTE format(
            $function$
CREATE OR REPLACE FUNCTION %1$I.%2$I(%3$s)
    RETURNS %4$s
    LANGUAGE plpgsql
    %5$s
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS %6$L
$function$,
            facade, call.name, call.arguments, call.answer, call.volatility,
            format(
                $body$
#variable_conflict use_variable
BEGIN
%s

    PERFORM ptflow.refuse_net(net);
    %s
END;
$body$,
                coalesce(branches, '    -- no net is installed'),
                CASE call.answer WHEN 'jsonb' THEN 'RETURN NULL;' ELSE 'RETURN;' END));
        EXECUTE format('COMMENT ON FUNCTION %I.%I IS %L', facade, call.name, 'ptflow facade: ' || call.comment);
    END LOOP;

    PERFORM ptflow.sync_privileges();
END;
$facade$;

COMMENT ON FUNCTION ptflow.refresh_facade IS 'Writes the functions that clients call anew, with a branch for every net.';
