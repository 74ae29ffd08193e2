-- The role that the session took with SET ROLE; NULL when its user may not take a role of that name (any more).
--
-- PostgreSQL keeps the name with which the role was taken. When roles are renamed meanwhile, that name may be another
-- role's. A session never acts as a role that its user could not take now.

CREATE OR REPLACE FUNCTION ptflow.assumed_role()
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF pg_has_role(session_user, to_regrole(quote_ident(current_setting('role'))), 'MEMBER') THEN
        RETURN current_setting('role');
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.assumed_role IS 'The role that the session took with SET ROLE, if its user may take it now.';
