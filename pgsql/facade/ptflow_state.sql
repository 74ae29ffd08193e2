-- The marking of an instance, now or as it was.

CREATE OR REPLACE FUNCTION ptflow_state(
    net        text,
    id         text,
    as_of_seq  bigint      DEFAULT NULL,
    as_of_time timestamptz DEFAULT NULL
)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN {net}.read_state(id COLLATE "C", as_of_seq, as_of_time);}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
    RETURN NULL;
END;
$$;
