-- What a guard looked at, as a JSON object: what is not there is left out, and so is what is too long to be read.

CREATE OR REPLACE FUNCTION ptflow.seen(names text[], things jsonb[])
    RETURNS jsonb
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(s.name, s.value), '{}')
              FROM unnest(names, things) AS s (name, value)
             WHERE length(s.value::text) <= 1000);
END;
$$;

COMMENT ON FUNCTION ptflow.seen IS 'What a guard looked at, as a JSON object.';
