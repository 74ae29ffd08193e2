-- Each condition that keeps a transition from firing; no row when it is enabled.
--
-- What depends on a payload is told of the payload that is given, and without one only if no payload could change it.

CREATE OR REPLACE FUNCTION ptflow_why_not(net text, id text, action text, payload jsonb DEFAULT NULL)
    RETURNS TABLE (condition text, place text, tokens bigint, need numeric, rule text, saw jsonb)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT w.* FROM {net}.read_why_not(id COLLATE "C", action, payload) AS w; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
