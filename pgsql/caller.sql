-- Who calls: the role of the session as its client set it. SET ROLE counts; the owner's rights, under which an entry
-- runs, do not. NULL for a role that the session's user may not take any more.

CREATE OR REPLACE FUNCTION ptflow.caller()
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN CASE current_setting('role') WHEN 'none' THEN session_user ELSE ptflow.assumed_role() END;
END;
$$;

COMMENT ON FUNCTION ptflow.caller IS 'The role of the session as its client set it.';
