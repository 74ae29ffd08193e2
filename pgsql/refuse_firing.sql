-- Refuses a transition that is not enabled, or whose rules do not hold.
--
--   places   [{"place": ..., "condition": "input" | "read" | "inhibitor" | "capacity" | "overflow",
--              "tokens": held, "need": limit}, ...]; NULL for none
--   rules    what NET.rules says of the transition: [{"rule": "payload", "facts": [{pointer, keyword, wanted}, ...]},
--              {"rule": "when", "holds": false or null, "words": the guard, "facts": {what it looked at}}];
--              NULL for none
--
-- A place must hold at least `need` tokens for input and read, fewer for inhibitor, at most for capacity and overflow.
-- What is wrong with the payload goes first; a guard that has no value matters only where the transition is enabled.

CREATE OR REPLACE FUNCTION ptflow.refuse_firing(
    net      text,
    id       text,
    action   text,
    multiple bigint,
    seq      bigint,
    places   jsonb,
    rules    jsonb DEFAULT NULL
)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    detail            jsonb := jsonb_build_object('net', net, 'id', id, 'action', action);
    failures CONSTANT jsonb := jsonb_path_query_first(rules, '$[*] ? (@.rule == "payload").facts');
    guard    CONSTANT jsonb := jsonb_path_query_first(rules, '$[*] ? (@.rule == "when")');
    is_false CONSTANT boolean := (guard -> 'holds') IS NOT DISTINCT FROM 'false';
    seen     CONSTANT text := (SELECT string_agg(format('%s is %s', s.name, s.value), ', ' ORDER BY s.name)
                                 FROM jsonb_each(guard -> 'facts') AS s (name, value));
    reasons           text;
BEGIN
    IF failures IS NOT NULL THEN
        PERFORM ptflow.refuse(
            'PT422',
            format('the payload of %s in %s %s is not what it has to be: %s', action, net, id,
                   (SELECT string_agg(format('%s: %s', coalesce(nullif(f.failure ->> 'pointer', ''), 'the whole'),
                                             f.failure ->> 'wanted'), '; ' ORDER BY f.number)
                      FROM jsonb_array_elements(failures) WITH ORDINALITY AS f (failure, number)
                     WHERE f.number <= 5)
                   || CASE WHEN jsonb_array_length(failures) > 5
                           THEN format('; and %s more', jsonb_array_length(failures) - 5) ELSE '' END),
            detail || jsonb_build_object('failures', failures),
            'Send a payload that fulfils all of it.');
    END IF;

    IF places IS NULL AND NOT is_false THEN
        PERFORM ptflow.refuse(
            'PT422',
            format('the guard of %s in %s %s has no value: %s; %s', action, net, id, guard ->> 'words',
                   coalesce(seen, 'nothing that it looks at is there')),
            detail || jsonb_build_object('multiple', multiple, 'seq', seq, 'guard', guard ->> 'words',
                                         'saw', guard -> 'facts'),
            'Send all that it looks at; a division by zero and a number that is too large have no value either.');
    END IF;

    SELECT string_agg(
               format(CASE p ->> 'condition'
                          WHEN 'inhibitor' THEN '%s has %s, must have fewer than %s'
                          WHEN 'capacity'  THEN '%s has %s, must have %s or fewer'
                          WHEN 'overflow'  THEN '%s has %s, must have %s or fewer'
                          ELSE                  '%s has %s of %s'
                      END,
                      p ->> 'place', p ->> 'tokens', p ->> 'need'),
               '; ')
      INTO reasons
      FROM jsonb_array_elements(places) AS p;
    IF is_false THEN
        reasons := concat_ws('; ', reasons, format('%s is false', guard ->> 'words'), seen);
        detail := detail || jsonb_build_object(
            'guards', jsonb_build_array(jsonb_build_object('guard', guard ->> 'words', 'saw', guard -> 'facts')));
    END IF;

    PERFORM ptflow.refuse(
        'PT409',
        format('%s is not enabled in %s %s: %s',
               CASE WHEN multiple = 1 THEN action ELSE format('%s times %s', action, multiple) END, net, id, reasons),
        detail || jsonb_build_object('multiple', multiple, 'seq', seq, 'places', coalesce(places, '[]')),
        format('What can be done now: SELECT * FROM ptflow_enabled(%L, %L);', net, id));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_firing IS 'Refuses a transition that is not enabled, or whose rules do not hold.';
