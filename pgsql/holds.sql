-- Whether the caller may act under a role of a net: it was granted to it or to a role that it is a member of, or `*`
-- was, or a gateway claims it. A function, so that nobody who asks holds a lock that a new engine would wait for.

CREATE OR REPLACE FUNCTION ptflow.holds(net text, role text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller CONSTANT text := ptflow.caller();
BEGIN
    RETURN ptflow.has_right(net, 'fire', role, caller)
        OR ptflow.has_right(net, 'fire', '*', caller)
        OR ptflow.has_right(net, 'gateway', '', caller) AND ARRAY[role, '*'] && ptflow.claimed_roles();
END;
$$;

COMMENT ON FUNCTION ptflow.holds IS 'Whether the caller may act under a role of a net.';
