-- Refuses an argument that is null where a value is due.

CREATE OR REPLACE FUNCTION ptflow.refuse_null(argument text, wanted text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT400',
        format('the argument %s is null', argument),
        jsonb_build_object('argument', argument, 'value', NULL),
        format('Give %s.', wanted));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_null IS 'Refuses an argument that is null where a value is due.';
