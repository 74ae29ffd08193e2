-- Makes who installs a net its administrator, and nobody else: of an earlier version's rights nothing is left.

CREATE OR REPLACE FUNCTION ptflow.add_administrator(net text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON TYPE %s TO %I', ptflow.right_type(net, 'fire', '*'), current_user);
END;
$$;

COMMENT ON FUNCTION ptflow.add_administrator IS 'Makes who installs a net its administrator.';
