-- Refuses a point in the past that cannot be meant, or that the instance has not lived.

CREATE OR REPLACE FUNCTION ptflow.refuse_as_of(
    net        text,
    id         text,
    as_of_seq  bigint,
    as_of_time timestamptz,
    seq        bigint,
    created_at timestamptz
)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF as_of_seq IS NOT NULL AND as_of_time IS NOT NULL THEN
        PERFORM ptflow.refuse(
            'PT400',
            'both as_of_seq and as_of_time are given',
            jsonb_build_object('net', net, 'id', id, 'argument', 'as_of_seq', 'value', as_of_seq),
            'Give one of them.');
    ELSIF as_of_seq IS NOT NULL THEN
        PERFORM ptflow.refuse_seq(net, id, 'as_of_seq', as_of_seq, seq);
    END IF;

    PERFORM ptflow.refuse(
        'PT404',
        format('%s %s did not exist at %s', net, id, as_of_time),
        jsonb_build_object('net', net, 'id', id, 'as_of_time', as_of_time, 'created_at', created_at),
        format('It began at %s.', created_at));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_as_of IS 'Refuses a point in the past that cannot be meant.';
