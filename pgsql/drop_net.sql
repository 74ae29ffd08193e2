-- Drops the schema of a net: what ptflow made there, by name. Nothing is dropped by CASCADE: when an object of somebody
-- else's stands in the schema or depends on it, PostgreSQL refuses and says which.

CREATE OR REPLACE FUNCTION ptflow.drop_net(net text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name CONSTANT name := (SELECT n.schema_name FROM ptflow.nets AS n WHERE n.net = drop_net.net);
    functions   text;
    domains     text;
    views       text;
    made        name[];
BEGIN
    IF coalesce(obj_description(to_regnamespace(quote_ident(schema_name)), 'pg_namespace'), '') NOT LIKE 'ptflow net%' THEN
        RAISE EXCEPTION 'the schema % is not the one that ptflow made', schema_name
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT    = 'Its comment does not begin with "ptflow net" any more. Put that back if it is the net''s.';
    END IF;

    EXECUTE format('SELECT array_agg(t.function_name) FROM %I.transitions AS t', schema_name) INTO made;

    SELECT string_agg(p.oid::regprocedure::text, ', ') INTO functions
      FROM pg_proc AS p
     WHERE p.pronamespace = to_regnamespace(quote_ident(schema_name))
       AND (p.proname LIKE 'ptflow\_%'
            OR p.proname = ANY (made)
               AND pg_get_function_identity_arguments(p.oid)
                   = 'id text, payload jsonb, multiple bigint, expected bigint, key text');

    SELECT string_agg(t.oid::regtype::text, ', ') INTO domains
      FROM pg_type AS t
     WHERE t.typnamespace = to_regnamespace(quote_ident(schema_name))
       AND t.typtype = 'd'
       AND (t.typname = 'token'
            OR t.oid IN (SELECT a.atttypid FROM pg_attribute AS a
                          WHERE a.attrelid = to_regclass(format('%I.states', schema_name))));

    SELECT string_agg(format('%I.%I', schema_name, r.view_name), ', ') INTO views
      FROM ptflow.roles AS r
     WHERE r.net = drop_net.net;

    EXECUTE format('DROP FUNCTION %s', functions);
    EXECUTE format('DROP VIEW %s', views);
    EXECUTE format('DROP VIEW %I.effects', schema_name);
    EXECUTE format('DROP TABLE %1$I.events, %1$I.states, %1$I.delta, %1$I.arcs, %1$I.transitions, %1$I.places', schema_name);
    EXECUTE format('DROP DOMAIN %s', domains);
    EXECUTE format('DROP SCHEMA %I', schema_name);
END;
$$;

COMMENT ON FUNCTION ptflow.drop_net IS 'Drops the schema of a net, and nothing that ptflow did not make.';
