-- Acknowledges what a consumer received, up to a cursor: none of it is given to anybody again.

CREATE OR REPLACE FUNCTION ptflow_ack(name text, consumer text, cursor text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    parts CONSTANT text[] := regexp_match(cursor, '^([0-9]{1,18})@(.*)$');
    place          ptflow.position;
BEGIN
    PERFORM ptflow.demand_subscription(name);
    IF parts IS NULL THEN
        PERFORM ptflow.refuse_ack(name, consumer, cursor);
    END IF;
    place := ptflow.read_cursor('cursor', parts[2], ptflow.horizon());

    -- Nobody receives meanwhile, so nobody takes a slot.
    PERFORM FROM ptflow.subscriptions AS s WHERE s.subscription = name FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM ptflow.consumers AS c
                    WHERE c.subscription = name AND c.consumer = consumer AND c.batch = parts[1]::bigint)
    THEN
        PERFORM ptflow.refuse_ack(name, consumer, cursor);
    END IF;

    UPDATE ptflow.slots AS s
       SET txid = place.txid, net = place.net, id = place.id, seq = place.seq
     WHERE s.subscription = name
       AND s.consumer = consumer
       AND (s.txid, s.net, s.id, s.seq) < (place.txid, place.net, place.id, place.seq);
END;
$$;
