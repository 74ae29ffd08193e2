-- Refuses a caller that may not read the net. Reading is granted apart from firing; the administrator may read.

CREATE OR REPLACE FUNCTION ptflow.demand_read(net text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller CONSTANT text := ptflow.caller();
BEGIN
    IF ptflow.has_right(net, 'read', '', caller)
       OR ptflow.has_right(net, 'fire', '*', caller)
       OR ptflow.has_right(net, 'gateway', '', caller) AND '*' = ANY (ptflow.claimed_roles())
    THEN
        RETURN;
    END IF;

    PERFORM ptflow.refuse(
        'PT403',
        format('%s may not read the net %s', coalesce(caller, 'the role of this session'), net),
        jsonb_build_object('net', net, 'caller', caller, 'privilege', 'read'),
        format('Its owner can allow it: ptflow grant %s --read --to %s', net, coalesce(caller, 'ROLE')));
END;
$$;

COMMENT ON FUNCTION ptflow.demand_read IS 'Refuses a caller that may not read the net.';
