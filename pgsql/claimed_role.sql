-- The role under which a gateway acts for its user: of some roles, `*` or the first that it claims; NULL when it claims
-- none of them. Only asked for callers that have the right to act for others: anybody can set a setting.
--
-- The claim is the setting ptflow.roles, as 'clerk, manager' or '["clerk"]'; an empty one claims nothing. Where it was
-- never set, it is ptflow_roles, or else roles, of PostgREST's request.jwt.claims.

CREATE OR REPLACE FUNCTION ptflow.claimed_role(roles text[])
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    claimed CONSTANT text[] := ptflow.claimed_roles();
BEGIN
    RETURN (SELECT r.role
              FROM unnest(array_prepend('*', roles)) WITH ORDINALITY AS r (role, number)
             WHERE r.role = ANY (claimed)
             ORDER BY r.number
             LIMIT 1);
END;
$$;

COMMENT ON FUNCTION ptflow.claimed_role IS 'The role under which a gateway acts for its user.';
