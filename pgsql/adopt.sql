-- Says that this database is in another cluster now: after a dump was restored, or a replica has taken over. The owner
-- calls it before anybody fires or reads feeds. From then on the numbers of transactions are counted on from the
-- largest in the logs, so that cursors and subscriptions go on where they were. Called again it does nothing.
--
--   SELECT ptflow.adopt();
--
-- Answers what is added to the numbers of this cluster's transactions.

CREATE OR REPLACE FUNCTION ptflow.adopt()
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    here    CONSTANT bigint := (SELECT c.system_identifier FROM pg_control_system() AS c);
    last             ptflow.clusters;
    schema_name      name;
    largest          bigint;
    most             bigint := 0::bigint;
    oldest           bigint;
    base             bigint := 0::bigint;
BEGIN
    PERFORM ptflow.lock_catalogue();
    SELECT c.* INTO last FROM ptflow.clusters AS c ORDER BY c.number DESC LIMIT 1;
    FOR schema_name IN SELECT n.schema_name FROM ptflow.nets AS n ORDER BY n.net LOOP
        EXECUTE format('LOCK TABLE %I.events IN SHARE ROW EXCLUSIVE MODE', schema_name);
        EXECUTE format('SELECT max(e.txid) FROM %I.events AS e', schema_name) INTO largest;
        most := greatest(most, largest);
    END LOOP;

    -- No transaction that can still write an event has a smaller number.
    oldest := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    IF last.system_identifier = here THEN
        base := last.base;
    END IF;
    base := greatest(base, most + 1 - oldest);
    IF last.system_identifier IS DISTINCT FROM here OR last.base <> base THEN
        INSERT INTO ptflow.clusters (number, system_identifier, base) VALUES (coalesce(last.number, 0) + 1, here, base);
        PERFORM ptflow.refresh_numbered();
    END IF;
    RETURN base;
END;
$$;

COMMENT ON FUNCTION ptflow.adopt IS 'Says that this database is in another cluster now.';
