-- Drops the schema of a net: what ptflow made there, in the other order. Nothing is dropped by CASCADE: when an object
-- of somebody else's stands in the schema or depends on it, PostgreSQL refuses and says which.

CREATE OR REPLACE FUNCTION ptflow.drop_net(net text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name CONSTANT name := (SELECT n.schema_name FROM ptflow.nets AS n WHERE n.net = drop_net.net);
    object               ptflow.objects;
BEGIN
    IF coalesce(obj_description(to_regnamespace(quote_ident(schema_name)), 'pg_namespace'), '')
       NOT LIKE 'ptflow net%'
    THEN
        RAISE EXCEPTION 'the schema % is not the one that ptflow made', schema_name
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT    = 'Its comment does not begin with "ptflow net" any more. Put that back if it is the net''s.';
    END IF;

    FOR object IN SELECT o.* FROM ptflow.objects AS o WHERE o.net = drop_net.net ORDER BY o.number DESC LOOP
        IF object.kind = 'FUNCTION' THEN
            EXECUTE format('DROP FUNCTION %s',
                           format('%I.%I(%s)', schema_name, object.name, object.arguments)::regprocedure);
        ELSE
            EXECUTE format('DROP %s %I.%I', object.kind, schema_name, object.name);
        END IF;
    END LOOP;
    EXECUTE format('DROP SCHEMA %I', schema_name);
END;
$$;

COMMENT ON FUNCTION ptflow.drop_net IS 'Drops the schema of a net, and nothing that ptflow did not make.';
