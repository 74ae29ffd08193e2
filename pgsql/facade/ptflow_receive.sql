-- The next events of a subscription for one of its consumers, until it acknowledges them or its lease is over.

CREATE OR REPLACE FUNCTION ptflow_receive(
    name     text,
    consumer text,
    "limit"  bigint   DEFAULT 100,
    lease    interval DEFAULT '30 seconds'
)
    RETURNS TABLE (cursor text, net text, id text, seq bigint, action text, multiple bigint, payload jsonb, state jsonb,
                   actor text, role text, key text, at timestamptz, hash text)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    batch   CONSTANT bigint              := ptflow.begin_batch(name, consumer, "limit", lease);
    nets    CONSTANT text[]              := (SELECT s.nets FROM ptflow.subscriptions AS s
                                              WHERE s.subscription = name);
    actions CONSTANT text[]              := (SELECT s.actions FROM ptflow.subscriptions AS s
                                              WHERE s.subscription = name);
    starts  CONSTANT ptflow.position[]   := ptflow.slots_of(name, consumer);
    horizon CONSTANT bigint              := ptflow.horizon();
    low              bigint;
    until            bigint              := (SELECT min(s.txid) FROM unnest(starts) AS s);
    width            bigint              := 32::bigint;
    gathered         ptflow.feed_event[] := '{}'::ptflow.feed_event[];
BEGIN
    WHILE cardinality(gathered) < "limit" AND until < horizon LOOP
        low := until;
        until := least(horizon, low + width);
        width := least(4 * width, 1000000000);
        FOREACH net IN ARRAY nets LOOP
            {{gathered := gathered || {net}.read_feed(starts, low, until, "limit", actions);}}
        END LOOP;
    END LOOP;

    -- What was looked through in vain is not looked through again.
    IF gathered = '{}' AND until IS NOT NULL THEN
        UPDATE ptflow.slots AS s
           SET txid = until, net = '', id = '', seq = -1
         WHERE s.subscription = name AND s.consumer = consumer AND s.txid < until;
    END IF;

    RETURN QUERY
        SELECT format('%s@%s', batch, ptflow.cursor_text(f.txid, f.net, f.id, f.seq)), f.net, f.id, f.seq, f.action,
               f.multiple, f.payload, f.state, f.actor, f.role, f.key, f.at, f.hash
          FROM unnest(gathered) AS f
         ORDER BY f.txid, f.net, f.id, f.seq
         LIMIT "limit";
END;
$$;
