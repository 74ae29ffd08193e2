-- The events of one call of ptflow_dispatch_many that belong to one net, side by side. `index` counts from 0 in the
-- call.

DO $$
BEGIN
    IF to_regtype('ptflow.batch') IS NULL THEN
        CREATE TYPE ptflow.batch AS (
            net       text,
            indexes   bigint[],
            ids       text[],
            actions   text[],
            payloads  jsonb[],
            multiples bigint[],
            expecteds bigint[],
            keys      text[]
        );
    END IF;
END;
$$;

COMMENT ON TYPE ptflow.batch IS 'The events of one bulk call that belong to one net.';
