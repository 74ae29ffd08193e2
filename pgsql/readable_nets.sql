-- The nets that a feed reads, in the order of their bytes: those that were asked for, or all that the caller may read.
-- Refuses those that there are not, or that it may not.

CREATE OR REPLACE FUNCTION ptflow.readable_nets(nets text[])
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    caller CONSTANT text := ptflow.caller();
    wanted          text;
BEGIN
    IF nets IS NULL THEN
        RETURN ARRAY(SELECT n.net
                       FROM ptflow.nets AS n
                      WHERE ptflow.has_right(n.net, 'read', '', caller)
                         OR ptflow.has_right(n.net, 'fire', '*', caller)
                         OR ptflow.has_right(n.net, 'gateway', '', caller) AND '*' = ANY (ptflow.claimed_roles())
                      ORDER BY n.net);
    END IF;

    FOREACH wanted IN ARRAY nets LOOP
        IF NOT EXISTS (SELECT FROM ptflow.nets AS n WHERE n.net = wanted) THEN
            PERFORM ptflow.refuse_net(wanted);
        END IF;
        PERFORM ptflow.demand_read(wanted);
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT u.net COLLATE "C" FROM unnest(nets) AS u (net) ORDER BY 1);
END;
$$;

COMMENT ON FUNCTION ptflow.readable_nets IS 'The nets that a feed reads.';
