-- Refuses a transition that is not enabled, and says of each place what is there and what is needed.
--
--   places   [{"place": ..., "condition": "input" | "read" | "inhibitor" | "capacity" | "overflow",
--              "tokens": held, "need": limit}, ...]
--
-- A place must hold at least `need` tokens for input and read, fewer for inhibitor, at most for capacity and overflow.

CREATE OR REPLACE FUNCTION ptflow.refuse_firing(
    net      text,
    id       text,
    action   text,
    multiple bigint,
    seq      bigint,
    places   jsonb
)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    reasons text;
BEGIN
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

    PERFORM ptflow.refuse(
        'PT409',
        format('%s is not enabled in %s %s: %s',
               CASE WHEN multiple = 1 THEN action ELSE format('%s times %s', action, multiple) END, net, id, reasons),
        jsonb_build_object('net', net, 'id', id, 'action', action, 'multiple', multiple, 'seq', seq, 'places', places),
        format('What can be done now: SELECT * FROM ptflow_enabled(%L, %L);', net, id));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_firing IS 'Refuses a transition that is not enabled.';
