-- Writes the facade anew: the functions that clients call, as ptflow.calls defines them, with a branch for each net.
--
-- The branches are static, so that a dispatch never runs dynamic SQL; this function alone does, once an installation.
-- It is the last step of every installation, whether by `ptflow install` or by `psql -f`.

CREATE OR REPLACE FUNCTION ptflow.refresh_facade()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    facade  CONSTANT name   := (SELECT e.facade FROM ptflow.engine AS e);
    nets    CONSTANT text[] := ARRAY(SELECT n.net FROM ptflow.nets AS n ORDER BY n.net);
    schemas CONSTANT text[] := ARRAY(SELECT quote_ident(n.schema_name) FROM ptflow.nets AS n ORDER BY n.net);
    call             record;
    line             text;
    branch           text;
    branches         text;
    quotes           text;
BEGIN
    FOR call IN SELECT c.* FROM ptflow.calls AS c ORDER BY c.name LOOP
        IF EXISTS (SELECT FROM pg_proc AS p
                    WHERE p.pronamespace = to_regnamespace(quote_ident(facade))
                      AND p.proname = call.name
                      AND (coalesce(obj_description(p.oid, 'pg_proc'), '') NOT LIKE 'ptflow facade:%'
                           OR p.proowner <> (SELECT n.nspowner FROM pg_namespace AS n WHERE n.nspname = 'ptflow')))
        THEN
            RAISE EXCEPTION 'there is a function %.% that ptflow did not make', facade, call.name
                USING ERRCODE = 'duplicate_function',
                      HINT    = 'Choose another schema for the facade: ptflow install --facade NAME ...';
        END IF;

        -- The line that stands for a branch for each net, where there is one.
        line := substring(call.definition FROM E'(?n)^ *\\{\\{.*\\}\\}$');
        branch := substring(line FROM E'\\{\\{(.*)\\}\\}');
        branches := ptflow.decision('net', nets, ARRAY(SELECT replace(branch, '{net}', s.name)
                                                         FROM unnest(schemas) WITH ORDINALITY AS s (name, number)
                                                        ORDER BY s.number),
                                    repeat(' ', length(line) - length(ltrim(line))));
        -- Dollar quotes that no name of a net has.
        quotes := '$facade$';
        WHILE strpos(branches, quotes) > 0 LOOP
            quotes := format('$facade%s$', length(quotes));
        END LOOP;
        PERFORM set_config('search_path', quote_ident(facade) || ', pg_temp', true);
        EXECUTE replace(replace(call.definition, '$$', quotes), coalesce(line, ''),
                        coalesce(branches, '    -- no net is installed'));
        PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
        EXECUTE format('COMMENT ON FUNCTION %I.%I IS %L', facade, call.name,
                       'ptflow facade: ' || substring(call.definition FROM E'^-- ([^\n]*)'));
    END LOOP;

    PERFORM ptflow.refresh_numbered();
    PERFORM ptflow.sync_privileges();
END;
$function$;

COMMENT ON FUNCTION ptflow.refresh_facade IS 'Writes the functions that clients call, a branch for every net.';
