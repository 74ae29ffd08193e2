-- Refuses the argument of a bulk call that cannot be read, and names the first event that cannot.

CREATE OR REPLACE FUNCTION ptflow.refuse_events(events jsonb)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known   CONSTANT text[] := ARRAY['net', 'id', 'action', 'payload', 'multiple', 'expected', 'key'];
    event   jsonb;
    index   bigint;
    field   text;
    problem text;
BEGIN
    IF events IS NULL OR jsonb_typeof(events) <> 'array' THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument events is %s', coalesce('a JSON ' || jsonb_typeof(events), 'null')),
            jsonb_build_object('argument', 'events', 'value', jsonb_typeof(events)),
            'Give a JSON array of events: [{"net": ..., "id": ..., "action": ...}, ...].');
    END IF;

    FOR event, index IN
        SELECT e.event, e.index - 1 FROM jsonb_array_elements(events) WITH ORDINALITY AS e (event, index)
    LOOP
        IF jsonb_typeof(event) <> 'object' THEN
            problem := format('is a JSON %s, not an object', jsonb_typeof(event));
        ELSE
            SELECT e.key, CASE WHEN e.key <> ALL (known)             THEN 'is no field of an event'
                               WHEN e.key IN ('multiple', 'expected') THEN 'is not a whole number of at most 64 bits'
                               ELSE                                       'is not a string' END
              INTO field, problem
              FROM jsonb_each(event) AS e
             WHERE e.key <> ALL (known)
                OR e.key IN ('net', 'id', 'action', 'key') AND jsonb_typeof(e.value) NOT IN ('string', 'null')
                OR e.key IN ('multiple', 'expected')
                   AND jsonb_typeof(e.value) <> 'null'
                   AND ptflow.whole_number(e.value) IS NULL
             ORDER BY array_position(known, e.key)
             LIMIT 1;
        END IF;

        IF problem IS NOT NULL THEN
            PERFORM ptflow.refuse(
                'PT400',
                format('event %s: %s%s', index, coalesce(left(field, 100) || ' ', ''), problem),
                jsonb_build_object('argument', 'events', 'index', index, 'field', field),
                'An event has net, id and action, and may have payload, multiple, expected and key.');
        END IF;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_events IS 'Refuses the argument of a bulk call that cannot be read.';
