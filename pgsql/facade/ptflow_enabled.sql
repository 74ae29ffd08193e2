-- The transitions that are enabled, with the roles that may fire them, and whether the caller may.

CREATE OR REPLACE FUNCTION ptflow_enabled(net text, id text)
    RETURNS TABLE (action text, role text, may_fire boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT e.action, e.role, e.may_fire FROM {net}.read_enabled(id COLLATE "C") AS e; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
