-- The version that a net gets when it is installed: 1, or the one after that in force.

CREATE OR REPLACE FUNCTION ptflow.next_version(net text)
    RETURNS integer
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN coalesce((SELECT n.version FROM ptflow.nets AS n WHERE n.net = next_version.net), 0) + 1;
END;
$$;

COMMENT ON FUNCTION ptflow.next_version IS 'The version that a net gets when it is installed.';
