-- Whether a payload can be stored. In SQL, so that PostgreSQL puts it into the query that asks: a short payload is not
-- looked at, which cannot be too long once it is printed, or too deep (ptflow.payload_fault).

CREATE OR REPLACE FUNCTION ptflow.is_storable(payload jsonb)
    RETURNS boolean
    LANGUAGE sql
    STABLE
AS $$
    SELECT pg_column_size(payload) < 1800 AND pg_column_compression(payload) IS NULL OR ptflow.payload_fault(payload) IS NULL
$$;

COMMENT ON FUNCTION ptflow.is_storable IS 'Whether a payload can be stored.';
