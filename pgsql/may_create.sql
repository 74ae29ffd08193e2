-- Whether the caller may create instances of the net: who holds one of the roles that may, or is the administrator. Where
-- no role of the net says that it creates, each of them may.

CREATE OR REPLACE FUNCTION ptflow.may_create(net text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    creators CONSTANT text[] := ARRAY(SELECT r.role FROM ptflow.roles AS r
                                       WHERE r.net = may_create.net AND r.creates ORDER BY r.role);
BEGIN
    RETURN EXISTS (SELECT FROM ptflow.held AS h
                    WHERE h.net = may_create.net
                      AND (creators = '{}' OR h.role = '*' OR h.role = ANY (creators)));
END;
$$;

COMMENT ON FUNCTION ptflow.may_create IS 'Whether the caller may create instances of the net.';
