-- Where an event stands in the order of a feed: by its transaction, net, id and seq; texts by their bytes. What a feed
-- gives of an event.

DO $$
BEGIN
    IF to_regtype('ptflow.position') IS NULL THEN
        CREATE TYPE ptflow.position AS (
            txid bigint,
            net  text COLLATE "C",
            id   text COLLATE "C",
            seq  bigint
        );
    END IF;
    IF to_regtype('ptflow.feed_event') IS NULL THEN
        CREATE TYPE ptflow.feed_event AS (
            txid     bigint,
            net      text COLLATE "C",
            id       text COLLATE "C",
            seq      bigint,
            action   text,
            multiple bigint,
            payload  jsonb,
            state    jsonb,
            actor    text,
            role     text,
            key      text,
            at       timestamptz,
            hash     text
        );
    END IF;
END;
$$;

COMMENT ON TYPE ptflow.position   IS 'Where an event stands in the order of a feed.';
COMMENT ON TYPE ptflow.feed_event IS 'What a feed gives of an event.';
