-- What would become of actions one after the other, up to the first that would be refused; nothing is kept.

CREATE OR REPLACE FUNCTION ptflow_simulate(net text, id text, actions jsonb)
    RETURNS TABLE (step bigint, action text, multiple bigint, role text, seq bigint, state jsonb,
                   code text, message text, detail jsonb, hint text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT s.* FROM {net}.simulate(id COLLATE "C", actions) AS s; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
