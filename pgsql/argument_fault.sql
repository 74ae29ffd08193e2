-- What is wrong with the arguments of a dispatch: the name of the argument, or NULL when nothing is. In SQL, so
-- that PostgreSQL puts it into the query that asks.

CREATE OR REPLACE FUNCTION ptflow.argument_fault(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS text
    LANGUAGE sql
    STABLE
AS $$
    SELECT CASE
               WHEN (length(id) BETWEEN 1 AND 255) IS NOT TRUE THEN 'id'
               WHEN action IS NULL                             THEN 'action'
               WHEN payload IS NULL                            THEN 'payload'
               WHEN (multiple >= 1) IS NOT TRUE                THEN 'multiple'
               WHEN expected < 0                               THEN 'expected'
               WHEN length(key) NOT BETWEEN 1 AND 255          THEN 'key'
               WHEN NOT ptflow.is_storable(payload)            THEN 'payload'
           END
$$;

COMMENT ON FUNCTION ptflow.argument_fault IS 'What is wrong with the arguments of a dispatch.';
