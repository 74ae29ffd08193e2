-- Refuses a caller that may not read the net. Reading is granted apart from firing; the administrator may read.

CREATE OR REPLACE FUNCTION ptflow.demand_read(net text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller CONSTANT name := coalesce(nullif(current_setting('role'), 'none')::name, session_user);
BEGIN
    IF EXISTS (SELECT FROM ptflow.grants AS g
                WHERE g.net = demand_read.net
                  AND g.privilege = 'read'
                  AND pg_has_role(caller, g.member, 'USAGE'))
       OR EXISTS (SELECT FROM ptflow.held AS h WHERE h.net = demand_read.net AND h.role = '*')
    THEN
        RETURN;
    END IF;

    PERFORM ptflow.refuse(
        'PT403',
        format('%s may not read the net %s', caller, net),
        jsonb_build_object('net', net, 'caller', caller, 'privilege', 'read'),
        format('Its owner can allow it: ptflow grant %s --read --to %s', net, caller));
END;
$$;

COMMENT ON FUNCTION ptflow.demand_read IS 'Refuses a caller that may not read the net.';
