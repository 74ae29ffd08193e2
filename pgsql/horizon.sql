-- The first transaction that may still write events: all events before it are there, and none will come. Refuses a
-- database that was restored from another cluster, whose numbers of transactions say nothing here.

CREATE OR REPLACE FUNCTION ptflow.horizon()
    RETURNS bigint
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (SELECT s.system_identifier FROM pg_control_system() AS s)
       IS DISTINCT FROM (SELECT c.system_identifier FROM ptflow.clusters AS c ORDER BY c.number DESC LIMIT 1)
    THEN
        PERFORM ptflow.refuse(
            '55000',
            'this database came from another cluster, which numbered its transactions otherwise',
            '{}',
            'Let the owner adopt it before anybody fires: SELECT ptflow.adopt();');
    END IF;
    RETURN ptflow.numbered(pg_snapshot_xmin(pg_current_snapshot())::text::bigint);
END;
$$;

COMMENT ON FUNCTION ptflow.horizon IS 'The first transaction that may still write events.';
