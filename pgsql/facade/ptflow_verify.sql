-- Each event whose place in the chain is broken, of one instance or of all; no row when all is intact.

CREATE OR REPLACE FUNCTION ptflow_verify(net text, id text DEFAULT NULL)
    RETURNS TABLE (instance text, seq bigint, problem text, expected text, found text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT v.* FROM {net}.verify(id COLLATE "C") AS v; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
