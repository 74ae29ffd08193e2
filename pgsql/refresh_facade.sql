-- Writes the facade anew: the eight functions that clients call, each with a branch for every installed net.
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

    EXECUTE format(
        $function$
CREATE OR REPLACE FUNCTION %1$I.ptflow_dispatch_many(events jsonb)
    RETURNS jsonb
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS %2$L
$function$,
        facade,
        format(
            $body$
DECLARE
    batches CONSTANT ptflow.batch[] := ptflow.batches(events);
    batch            ptflow.batch;
    net              text;
    writes           boolean;
    has_written      boolean := false;
    answers          text[];
    event            jsonb;
    index            text;
    all_answers      text[] := '{}'::text[];
BEGIN
    -- Locked in one order: nets by name, instances by id.
    FOREACH batch IN ARRAY batches LOOP
        net := batch.net;
%2$s
    END LOOP;

    -- Each net's events at once. When there are several nets, all are asked before the first writes.
    FOREACH writes IN ARRAY CASE WHEN cardinality(batches) > 1 THEN '{f,t}' ELSE '{t}' END::boolean[] LOOP
        FOREACH batch IN ARRAY batches LOOP
            net := batch.net;
            answers := NULL;
%3$s
            EXIT WHEN answers IS NULL;
            has_written := writes;
            IF writes AND cardinality(batches) > 1 THEN
                FOR number IN 1 .. cardinality(answers) LOOP
                    all_answers[batch.indexes[number] + 1] := answers[number];
                END LOOP;
            ELSIF writes THEN
                all_answers := answers;
            END IF;
        END LOOP;
        EXIT WHEN answers IS NULL;
    END LOOP;

    -- One by one, when that cannot be: what is refused is refused by name, and a reset is followed by what it leaves.
    IF answers IS NULL AND has_written THEN
        PERFORM ptflow.refuse('40001', 'rights were changed while events were fired', '{}', 'Try again.');
    ELSIF answers IS NULL THEN
        FOR number IN 0 .. jsonb_array_length(events) - 1 LOOP
            index := set_config('ptflow.index', number::text, true);
            event := events -> number;
            event := %1$I.ptflow_dispatch(
                         event ->> 'net', event ->> 'id', event ->> 'action', coalesce(event -> 'payload', '{}'),
                         coalesce((event ->> 'multiple')::bigint, 1), (event ->> 'expected')::bigint, event ->> 'key');
            all_answers := array_append(all_answers, format('{"id": %%s, "seq": %%s, "hash": %%s, "replayed": %%s}',
                                                            event -> 'id', event -> 'seq', event -> 'hash', event -> 'replayed'));
        END LOOP;
        index := set_config('ptflow.index', '', true);
    END IF;

    RETURN format('[%%s]', array_to_string(all_answers, ', '))::jsonb;
END;
$body$,
            facade,
            (SELECT coalesce(ptflow.decision('net', array_agg(n.net ORDER BY n.net),
                                             array_agg(format('PERFORM %I.ptflow_lock_many(batch.ids);', n.schema_name)
                                                       ORDER BY n.net), '        '), '        -- no net is installed')
               FROM ptflow.nets AS n),
            (SELECT coalesce(ptflow.decision('net', array_agg(n.net ORDER BY n.net),
                                             array_agg(format('answers := %I.ptflow_fire_many(batch, writes);', n.schema_name)
                                                       ORDER BY n.net), '            '), '            -- no net is installed')
               FROM ptflow.nets AS n)));
    EXECUTE format('COMMENT ON FUNCTION %I.ptflow_dispatch_many IS %L', facade,
                   'ptflow facade: fires many transitions of any nets and instances, in order, all or none.');

    PERFORM ptflow.sync_privileges();
END;
$facade$;

COMMENT ON FUNCTION ptflow.refresh_facade IS 'Writes the functions that clients call anew, with a branch for every net.';
