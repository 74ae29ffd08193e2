-- The events of all instances after a cursor, in an order in which none comes in later: each with its own cursor.

CREATE OR REPLACE FUNCTION ptflow_feed(
    after   text   DEFAULT NULL,
    "limit" bigint DEFAULT 1000,
    nets    text[] DEFAULT NULL,
    actions text[] DEFAULT NULL
)
    RETURNS TABLE (cursor text, net text, id text, seq bigint, action text, multiple bigint, payload jsonb, state jsonb,
                   actor text, role text, key text, at timestamptz, hash text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    wanted   CONSTANT text[]              := ptflow.readable_nets(nets);
    horizon  CONSTANT bigint              := ptflow.horizon();
    start    CONSTANT ptflow.position     := ptflow.read_cursor('after', after, horizon);
    low               bigint;
    until             bigint              := start.txid;
    width             bigint              := 32::bigint;
    gathered          ptflow.feed_event[] := '{}'::ptflow.feed_event[];
BEGIN
    IF ("limit" >= 0) IS NOT TRUE THEN
        PERFORM ptflow.refuse_limit("limit");
    END IF;

    -- By ranges of transactions, each wider than the one before, until there are enough events.
    WHILE cardinality(gathered) < "limit" AND until < horizon LOOP
        low := until;
        until := least(horizon, low + width);
        width := least(4 * width, 1000000000);
        FOREACH net IN ARRAY wanted LOOP
            {{gathered := gathered || {net}.read_feed(ARRAY[start], low, until, "limit", actions);}}
        END LOOP;
    END LOOP;

    RETURN QUERY
        SELECT ptflow.cursor_text(f.txid, f.net, f.id, f.seq), f.net, f.id, f.seq, f.action, f.multiple, f.payload,
               f.state, f.actor, f.role, f.key, f.at, f.hash
          FROM unnest(gathered) AS f
         ORDER BY f.txid, f.net, f.id, f.seq
         LIMIT "limit";
END;
$$;
