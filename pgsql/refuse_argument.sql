-- Refuses the value of an argument, and says which one is wanted.

CREATE OR REPLACE FUNCTION ptflow.refuse_argument(argument text, value text, wanted text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT400',
        format('the argument %s is %s', argument, coalesce(quote_literal(left(value, 100)), 'null')),
        jsonb_build_object('argument', argument, 'value', left(value, 300)),
        format('Give %s.', wanted));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_argument IS 'Refuses the value of an argument, and says which one is wanted.';
