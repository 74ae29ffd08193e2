-- Refuses a caller that may not create instances of the net.

CREATE OR REPLACE FUNCTION ptflow.demand_create(net text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller   CONSTANT name   := coalesce(nullif(current_setting('role'), 'none')::name, session_user);
    creators CONSTANT text[] := ARRAY(SELECT r.role FROM ptflow.roles AS r
                                       WHERE r.net = demand_create.net AND r.creates ORDER BY r.role);
BEGIN
    IF ptflow.may_create(net) THEN
        RETURN;
    END IF;

    PERFORM ptflow.refuse(
        'PT403',
        format('%s may not create an instance of the net %s', caller, net),
        jsonb_build_object('net', net, 'caller', caller, 'privilege', 'create', 'roles', creators),
        CASE WHEN creators = '{}'
             THEN format('Any role of the net will do. Its owner can grant one: ptflow grant %s ROLE --to %s', net, caller)
             ELSE format('Only %s may. Its owner can grant that: ptflow grant %s %s --to %s',
                         array_to_string(creators, ' and '), net, creators[1], caller)
        END);
END;
$$;

COMMENT ON FUNCTION ptflow.demand_create IS 'Refuses a caller that may not create instances of the net.';
