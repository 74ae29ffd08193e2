-- Refuses an id that no instance can have.

CREATE OR REPLACE FUNCTION ptflow.refuse_id(id text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF id IS NULL THEN
        PERFORM ptflow.refuse_null('id', 'the name of the instance, a text of your choice');
    END IF;

    PERFORM ptflow.refuse(
        'PT400',
        format('the argument id has %s characters', length(id)),
        jsonb_build_object('argument', 'id', 'length', length(id)),
        'An id has 1 to 255 characters.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_id IS 'Refuses an id that no instance can have.';
