-- Takes the events of a bulk call apart, by net; nets in the order of their bytes, which is the order in which they are
-- locked. Refuses what cannot be read, and names the first. What is no text is not made one: the number 1e131071 would
-- be one of 131,072 characters.

CREATE OR REPLACE FUNCTION ptflow.batches(events jsonb)
    RETURNS ptflow.batch[]
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    all_batches ptflow.batch[];
    is_readable boolean;
BEGIN
    IF events IS NULL OR jsonb_typeof(events) <> 'array' THEN
        PERFORM ptflow.refuse_events(events);
    END IF;

    WITH field AS MATERIALIZED (
        SELECT e.index - 1 AS index, e.event,
               e.event -> 'net' AS net, e.event -> 'id' AS id, e.event -> 'action' AS action,
               e.event -> 'payload' AS payload,
               e.event -> 'multiple' AS multiple, e.event -> 'expected' AS expected, e.event -> 'key' AS key
          FROM jsonb_array_elements(events) WITH ORDINALITY AS e (event, index)
    ),
    event AS (
        SELECT f.index,
               CASE jsonb_typeof(f.net)    WHEN 'string' THEN f.net    #>> '{}' END AS net,
               CASE jsonb_typeof(f.id)     WHEN 'string' THEN f.id     #>> '{}' END AS id,
               CASE jsonb_typeof(f.action) WHEN 'string' THEN f.action #>> '{}' END AS action,
               CASE jsonb_typeof(f.key)    WHEN 'string' THEN f.key    #>> '{}' END AS key,
               coalesce(f.payload, '{}') AS payload,
               CASE WHEN coalesce(jsonb_typeof(f.multiple), 'null') = 'null' THEN 1
                    ELSE ptflow.whole_number(f.multiple) END AS multiple,
               ptflow.whole_number(f.expected) AS expected,
               CASE WHEN jsonb_typeof(f.event) = 'object'
                    THEN f.event - '{net,id,action,payload,multiple,expected,key}'::text[] = '{}'
                         AND coalesce(jsonb_typeof(f.net),      'null') IN ('string', 'null')
                         AND coalesce(jsonb_typeof(f.id),       'null') IN ('string', 'null')
                         AND coalesce(jsonb_typeof(f.action),   'null') IN ('string', 'null')
                         AND coalesce(jsonb_typeof(f.key),      'null') IN ('string', 'null')
                         AND (coalesce(jsonb_typeof(f.multiple), 'null') = 'null'
                              OR ptflow.whole_number(f.multiple) IS NOT NULL)
                         AND (coalesce(jsonb_typeof(f.expected), 'null') = 'null'
                              OR ptflow.whole_number(f.expected) IS NOT NULL)
                    ELSE false
               END AS is_readable
          FROM field AS f
    ),
    batch AS (
        SELECT e.net COLLATE "C" AS net,
               array_agg(e.index) AS indexes, array_agg(e.id) AS ids, array_agg(e.action) AS actions,
               array_agg(e.payload) AS payloads, array_agg(e.multiple) AS multiples, array_agg(e.expected) AS expecteds,
               array_agg(e.key) AS keys, bool_and(e.is_readable) AS is_readable
          FROM (SELECT e.* FROM event AS e ORDER BY e.net COLLATE "C", e.index) AS e
         GROUP BY e.net COLLATE "C"
    )
    SELECT array_agg(ROW(b.net, b.indexes, b.ids, b.actions, b.payloads, b.multiples, b.expecteds, b.keys)::ptflow.batch
                     ORDER BY b.net),
           bool_and(b.is_readable)
      INTO all_batches, is_readable
      FROM batch AS b;

    IF is_readable = false THEN
        PERFORM ptflow.refuse_events(events);
    END IF;
    RETURN coalesce(all_batches, '{}');
END;
$$;

COMMENT ON FUNCTION ptflow.batches IS 'Takes the events of a bulk call apart, by net.';
