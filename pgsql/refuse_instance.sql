-- Refuses an instance that does not exist.

CREATE OR REPLACE FUNCTION ptflow.refuse_instance(net text, id text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF id IS NULL THEN
        PERFORM ptflow.refuse_null('id', 'the name of an instance');
    END IF;

    PERFORM ptflow.refuse(
        'PT404',
        format('the net %s has no instance %s', net, id),
        jsonb_build_object('net', net, 'id', id),
        format('SELECT ptflow_create(%L, %L); or just dispatch its first event.', net, id));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_instance IS 'Refuses an instance that does not exist.';
