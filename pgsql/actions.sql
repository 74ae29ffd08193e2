-- Takes the actions of a simulation apart. Each is the name of a transition, or an object with action and perhaps
-- payload, multiple and expected. Refuses what cannot be read, and names the first.

CREATE OR REPLACE FUNCTION ptflow.actions(actions jsonb)
    RETURNS TABLE (step bigint, action text, payload jsonb, multiple bigint, expected bigint)
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    unreadable bigint;
BEGIN
    IF actions IS NULL OR jsonb_typeof(actions) <> 'array' THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument actions is %s', coalesce('a JSON ' || jsonb_typeof(actions), 'null')),
            jsonb_build_object('argument', 'actions', 'value', jsonb_typeof(actions)),
            'Give a JSON array of actions: ["pay", {"action": "pack", "payload": {}}].');
    END IF;

    SELECT min(a.number) - 1
      INTO unreadable
      FROM jsonb_array_elements(actions) WITH ORDINALITY AS a (given, number)
     WHERE CASE jsonb_typeof(a.given)
               WHEN 'string' THEN false
               WHEN 'object' THEN
                   a.given - '{action,payload,multiple,expected}'::text[] <> '{}'
                   OR jsonb_typeof(a.given -> 'action') IS DISTINCT FROM 'string'
                   OR coalesce(jsonb_typeof(a.given -> 'multiple'), 'null') <> 'null'
                      AND ptflow.whole_number(a.given -> 'multiple') IS NULL
                   OR coalesce(jsonb_typeof(a.given -> 'expected'), 'null') <> 'null'
                      AND ptflow.whole_number(a.given -> 'expected') IS NULL
               ELSE true
           END;
    IF unreadable IS NOT NULL THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('action %s cannot be read', unreadable),
            jsonb_build_object('argument', 'actions', 'index', unreadable),
            'An action is a name, or an object with action and perhaps payload, multiple and expected.');
    END IF;

    RETURN QUERY
        SELECT a.number,
               CASE jsonb_typeof(a.given) WHEN 'string' THEN a.given #>> '{}' ELSE a.given ->> 'action' END,
               CASE jsonb_typeof(a.given) WHEN 'object' THEN coalesce(a.given -> 'payload', '{}') ELSE '{}' END,
               CASE WHEN jsonb_typeof(a.given) = 'object'
                         AND coalesce(jsonb_typeof(a.given -> 'multiple'), 'null') <> 'null'
                    THEN ptflow.whole_number(a.given -> 'multiple') ELSE 1 END,
               CASE WHEN jsonb_typeof(a.given) = 'object' THEN ptflow.whole_number(a.given -> 'expected') END
          FROM jsonb_array_elements(actions) WITH ORDINALITY AS a (given, number)
         ORDER BY a.number;
END;
$$;

COMMENT ON FUNCTION ptflow.actions IS 'Takes the actions of a simulation apart.';
