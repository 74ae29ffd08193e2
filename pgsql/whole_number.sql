-- A JSON number as a bigint; NULL for what is none. In SQL, so that PostgreSQL puts it into the query that asks. Compared
-- as a number: printed, 1e131071 has 131,072 characters.

CREATE OR REPLACE FUNCTION ptflow.whole_number(value jsonb)
    RETURNS bigint
    LANGUAGE sql
    IMMUTABLE
AS $$
    SELECT CASE WHEN jsonb_typeof(value) = 'number'
                THEN CASE WHEN value::numeric BETWEEN -9223372036854775808 AND 9223372036854775807
                               AND scale(value::numeric) = 0
                          THEN value::bigint END
           END
$$;

COMMENT ON FUNCTION ptflow.whole_number IS 'A JSON number as a bigint; NULL for what is none.';
