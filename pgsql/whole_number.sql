-- A JSON number as a bigint; NULL for what is none. In SQL, so that PostgreSQL puts it into the query that asks.

CREATE OR REPLACE FUNCTION ptflow.whole_number(value jsonb)
    RETURNS bigint
    LANGUAGE sql
    IMMUTABLE
AS $$
    SELECT CASE WHEN jsonb_typeof(value) = 'number' AND value #>> '{}' ~ '^-?[0-9]{1,19}$'
                THEN CASE WHEN (value #>> '{}')::numeric BETWEEN -9223372036854775808 AND 9223372036854775807
                          THEN (value #>> '{}')::bigint END
           END
$$;

COMMENT ON FUNCTION ptflow.whole_number IS 'A JSON number as a bigint; NULL for what is none.';
