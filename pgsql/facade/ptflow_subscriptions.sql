-- The subscriptions of nets that the caller may read: who consumes, and how far behind each is.

CREATE OR REPLACE FUNCTION ptflow_subscriptions()
    RETURNS TABLE (name text, nets text[], actions text[], consumers text[], transactions_behind bigint,
                   slots_without_consumer bigint, made_by text, made_at timestamptz)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    readable CONSTANT text[] := ptflow.readable_nets(NULL);
    horizon  CONSTANT bigint := ptflow.horizon();
BEGIN
    RETURN QUERY
        SELECT s.subscription, s.nets, s.actions,
               ARRAY(SELECT c.consumer FROM ptflow.consumers AS c
                      WHERE c.subscription = s.subscription AND c.lease_until >= clock_timestamp()
                      ORDER BY c.consumer),
               greatest(horizon - min(t.txid), 0), count(*) FILTER (WHERE t.consumer IS NULL), s.made_by, s.made_at
          FROM ptflow.subscriptions AS s
          JOIN ptflow.slots         AS t ON t.subscription = s.subscription
         WHERE s.nets <@ readable
         GROUP BY s.subscription
         ORDER BY s.subscription;
END;
$$;
