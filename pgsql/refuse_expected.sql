-- Refuses a dispatch that expected another seq.

CREATE OR REPLACE FUNCTION ptflow.refuse_expected(net text, id text, action text, expected bigint, actual bigint)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT412',
        format('%s %s has seq %s, not %s', net, id, actual, expected),
        jsonb_build_object('net', net, 'id', id, 'action', action, 'expected', expected, 'actual', actual),
        format('Somebody else was first. Read what happened, decide again: SELECT * FROM ptflow_events(%L, %L, %s);',
               net, id, least(expected, actual)));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_expected IS 'Refuses a dispatch that expected another seq.';
