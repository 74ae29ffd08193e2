-- Refuses the number of an event that no event can have, or that the instance does not have.

CREATE OR REPLACE FUNCTION ptflow.refuse_seq(net text, id text, argument text, number bigint, seq bigint)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF number IS NULL THEN
        PERFORM ptflow.refuse_null(argument, '0 for the beginning, or the seq of an event');
    ELSIF number < 0 THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument %s is %s', argument, number),
            jsonb_build_object('argument', argument, 'value', number),
            'Give 0 for the beginning, or the seq of an event.');
    END IF;

    PERFORM ptflow.refuse(
        'PT404',
        format('%s %s has no event %s: its seq is %s', net, id, number, seq),
        jsonb_build_object('net', net, 'id', id, argument, number, 'seq', seq),
        format('Give a number from 0 to %s, or leave it out for now.', seq));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_seq IS 'Refuses the number of an event that the instance does not have.';
