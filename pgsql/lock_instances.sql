-- Keeps everybody out of a net's log until the transaction ends, and counts its instances. Refuses when somebody writes
-- to it for too long.

CREATE OR REPLACE FUNCTION ptflow.lock_instances(net text)
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name CONSTANT name := (SELECT n.schema_name FROM ptflow.nets AS n WHERE n.net = lock_instances.net);
BEGIN
    PERFORM ptflow.limit_wait();
    EXECUTE format('LOCK TABLE %1$I.instances, %1$I.events', schema_name);
    RETURN ptflow.count_instances(net);
EXCEPTION WHEN lock_not_available THEN
    PERFORM ptflow.refuse(
        '55P03',
        format('somebody has been using the net %s in a transaction for too long', net),
        jsonb_build_object('net', net),
        format('Wait for it to end, or look for it: SELECT * FROM pg_locks WHERE relation = %L::regclass;',
               format('%I.events', schema_name)));
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.lock_instances IS 'Keeps everybody out of a net''s log, and counts its instances.';
