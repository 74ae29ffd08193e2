-- The events of an instance, in order.

CREATE OR REPLACE FUNCTION ptflow_events(net text, id text, after_seq bigint DEFAULT 0, "limit" bigint DEFAULT NULL)
    RETURNS TABLE (seq bigint, action text, multiple bigint, payload jsonb, state jsonb, actor text, role text,
                   key text, at timestamptz, hash text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT e.* FROM {net}.read_events(id COLLATE "C", after_seq, "limit") AS e; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
