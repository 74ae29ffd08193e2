-- The role under which a gateway fires for its user: of some roles, `*` or the first that it claims. NULL for callers who
-- are no gateway of the net, and for claims that do not help.

CREATE OR REPLACE FUNCTION ptflow.claimed_role(net text, roles text[], caller name)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ptflow.grants AS g
                    WHERE g.net = claimed_role.net
                      AND g.privilege = 'gateway'
                      AND pg_has_role(caller, g.member, 'USAGE'))
    THEN
        RETURN NULL;
    END IF;

    RETURN (SELECT c.role
              FROM ptflow.claimed_roles(net) AS c (role)
             WHERE c.role = '*' OR c.role = ANY (roles)
             ORDER BY c.role <> '*', c.role COLLATE "C"
             LIMIT 1);
END;
$$;

COMMENT ON FUNCTION ptflow.claimed_role IS 'The role under which a gateway fires for its user.';
