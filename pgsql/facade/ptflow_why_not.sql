-- Each condition that keeps a transition from firing; no row when it is enabled.

CREATE OR REPLACE FUNCTION ptflow_why_not(net text, id text, action text)
    RETURNS TABLE (condition text, place text, tokens bigint, need numeric)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT w.condition, w.place, w.tokens, w.need
                     FROM {net}.read_why_not(id COLLATE "C", action) AS w; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
