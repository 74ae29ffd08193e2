-- Removes a net. With instances only when told so: their events are lost.
--
--   SELECT ptflow.uninstall('octoe');
--
-- Answers how many instances went with it.

CREATE OR REPLACE FUNCTION ptflow.uninstall(net text, with_data boolean DEFAULT false)
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name name;
    instances   bigint;
BEGIN
    -- Nothing else is locked before it is known that the caller may.
    PERFORM ptflow.lock_catalogue();

    SELECT n.schema_name INTO schema_name FROM ptflow.nets AS n WHERE n.net = uninstall.net;
    IF schema_name IS NULL THEN
        PERFORM ptflow.refuse_net(net);
    END IF;

    EXECUTE format('LOCK TABLE %I.instances', schema_name);
    EXECUTE format('SELECT count(*) FROM %I.instances', schema_name) INTO instances;
    IF instances > 0 AND NOT with_data THEN
        RAISE EXCEPTION 'the net % has %', net, CASE instances WHEN 1 THEN '1 instance' ELSE format('%s instances', instances) END
            USING ERRCODE = 'object_in_use',
                  DETAIL  = jsonb_build_object('net', net, 'instances', instances)::text,
                  HINT    = format('To lose them and their events: ptflow uninstall %s --with-data', net);
    END IF;

    PERFORM ptflow.drop_net(net);
    DELETE FROM ptflow.nets AS n WHERE n.net = uninstall.net;
    PERFORM ptflow.refresh_facade();
    RETURN instances;
END;
$$;

COMMENT ON FUNCTION ptflow.uninstall IS 'Removes a net; with instances only when told so.';
