-- Refuses a subscription that there is not, or of which the caller may not read each net that is
-- still installed.

CREATE OR REPLACE FUNCTION ptflow.demand_subscription(name text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    nets CONSTANT text[] := (SELECT s.nets FROM ptflow.subscriptions AS s WHERE s.subscription = name);
BEGIN
    IF nets IS NULL THEN
        PERFORM ptflow.refuse_subscription(name);
    END IF;
    PERFORM ptflow.demand_read(n.net) FROM ptflow.nets AS n WHERE n.net = ANY (nets);
END;
$$;

COMMENT ON FUNCTION ptflow.demand_subscription IS 'Refuses a subscription that there is not, or that may not be read.';
