-- The markings of all instances as they were at a time, in the order of their ids; of those that had begun by then.

CREATE OR REPLACE FUNCTION ptflow_states_as_of(
    net      text,
    "time"   timestamptz,
    after_id text   DEFAULT NULL,
    "limit"  bigint DEFAULT NULL
)
    RETURNS TABLE (id text, seq bigint, state jsonb, at timestamptz)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT s.* FROM {net}.read_states_as_of("time", after_id COLLATE "C", "limit") AS s; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
