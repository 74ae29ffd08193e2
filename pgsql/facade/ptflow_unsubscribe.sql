-- Removes a subscription. Answers whether there was one.

CREATE OR REPLACE FUNCTION ptflow_unsubscribe(name text)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (SELECT FROM ptflow.subscriptions AS s WHERE s.subscription = name) THEN
        RETURN false;
    END IF;
    PERFORM ptflow.demand_subscription(name);
    DELETE FROM ptflow.subscriptions AS s WHERE s.subscription = name;
    RETURN FOUND;
END;
$$;
