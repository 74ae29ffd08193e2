-- Refuses a number of rows that is negative.

CREATE OR REPLACE FUNCTION ptflow.refuse_limit("limit" bigint)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT400',
        format('the argument limit is %s', "limit"),
        jsonb_build_object('argument', 'limit', 'value', "limit"),
        'Give how many events to read at most; leave it out for all.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_limit IS 'Refuses a number of rows that is negative.';
