-- A position in the order of a feed, as clients keep it. In SQL, so that PostgreSQL puts it into the query that asks.

CREATE OR REPLACE FUNCTION ptflow.cursor_text(txid bigint, net text, id text, seq bigint)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
AS $$
    SELECT format('%s.%s.%s.%s%s', txid, seq, length(net), net, id)
$$;

COMMENT ON FUNCTION ptflow.cursor_text IS 'A position in the order of a feed, as clients keep it.';
