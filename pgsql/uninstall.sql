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
    instances bigint;
BEGIN
    PERFORM ptflow.lock_catalogue();
    IF NOT EXISTS (SELECT FROM ptflow.nets AS n WHERE n.net = uninstall.net) THEN
        PERFORM ptflow.refuse_net(net);
    END IF;
    DELETE FROM ptflow.fingerprints AS f
     WHERE f.schema_name = (SELECT n.schema_name FROM ptflow.nets AS n WHERE n.net = uninstall.net);

    -- Of a net whose schema was dropped only the catalogue is left.
    IF NOT EXISTS (SELECT FROM ptflow.nets AS n
                     JOIN pg_namespace AS s ON s.nspname = n.schema_name
                    WHERE n.net = uninstall.net)
    THEN
        IF NOT with_data THEN
            PERFORM ptflow.refuse(
                '55006',
                format('the schema of the net %s was dropped, and its instances with it', net),
                jsonb_build_object('net', net, 'instances', NULL),
                format('Restore it from a backup, or give the net up: ptflow uninstall %s --with-data', net));
        END IF;
        DELETE FROM ptflow.nets AS n WHERE n.net = uninstall.net;
        PERFORM ptflow.refresh_facade();
        RETURN 0::bigint;
    END IF;

    -- Nobody is kept out of a net that stays.
    instances := ptflow.count_instances(net);
    IF instances = 0 OR with_data THEN
        instances := ptflow.lock_instances(net);
    END IF;
    IF instances > 0 AND NOT with_data THEN
        PERFORM ptflow.refuse(
            '55006',
            format('the net %s has %s', net,
                   CASE instances WHEN 1 THEN '1 instance' ELSE format('%s instances', instances) END),
            jsonb_build_object('net', net, 'instances', instances),
            format('To lose them and their events: ptflow uninstall %s --with-data', net));
    END IF;

    PERFORM ptflow.drop_net(net);
    DELETE FROM ptflow.nets AS n WHERE n.net = uninstall.net;
    PERFORM ptflow.refresh_facade();
    RETURN instances;
END;
$$;

COMMENT ON FUNCTION ptflow.uninstall IS 'Removes a net; with instances only when told so.';
