-- Makes a subscription, changes what it gets, or winds it back: from 'beginning', 'now' or a cursor.

CREATE OR REPLACE FUNCTION ptflow_subscribe(
    name    text,
    nets    text[] DEFAULT NULL,
    actions text[] DEFAULT NULL,
    "from"  text   DEFAULT NULL
)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    wanted  CONSTANT text[]          := ptflow.readable_nets(nets);
    horizon CONSTANT bigint          := ptflow.horizon();
    start   CONSTANT ptflow.position :=
        CASE "from" WHEN 'now' THEN ROW(horizon, '', '', -1::bigint)::ptflow.position
                    ELSE ptflow.read_cursor('from', nullif("from", 'beginning'), horizon) END;
    is_new           boolean;
BEGIN
    IF (length(name) BETWEEN 1 AND 255) IS NOT TRUE THEN
        PERFORM ptflow.refuse_subscription(name);
    ELSIF wanted = '{}' THEN
        PERFORM ptflow.refuse_net(NULL);
    END IF;
    -- Whoever changes what a subscription gets may read what it got.
    IF EXISTS (SELECT FROM ptflow.subscriptions AS s WHERE s.subscription = name) THEN
        PERFORM ptflow.demand_subscription(name);
    END IF;

    INSERT INTO ptflow.subscriptions AS s (subscription, nets, actions, batch, made_by)
    VALUES (name, wanted, actions, 0, ptflow.caller())
        ON CONFLICT (subscription) DO UPDATE SET nets = excluded.nets, actions = excluded.actions, batch = s.batch + 1
    RETURNING s.batch = 0 INTO is_new;

    IF is_new THEN
        INSERT INTO ptflow.slots (subscription, slot, txid, net, id, seq)
        SELECT name, s.slot, start.txid, start.net, start.id, start.seq FROM generate_series(1, 64) AS s (slot);
    ELSIF "from" IS NOT NULL THEN
        DELETE FROM ptflow.consumers AS c WHERE c.subscription = name;
        UPDATE ptflow.slots AS s
           SET consumer = NULL, txid = start.txid, net = start.net, id = start.id, seq = start.seq
         WHERE s.subscription = name;
    END IF;
END;
$$;
