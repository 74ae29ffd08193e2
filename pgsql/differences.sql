-- In what a call differs from the one that came first with its key.

CREATE OR REPLACE FUNCTION ptflow.differences(
    first_action   text,
    first_multiple bigint,
    first_payload  jsonb,
    action         text,
    multiple       bigint,
    payload        jsonb
)
    RETURNS text[]
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN array_remove(ARRAY[
        CASE WHEN first_action   <> action   THEN 'action'   END,
        CASE WHEN first_multiple <> multiple THEN 'multiple' END,
        CASE WHEN first_payload  <> payload  THEN 'payload'  END], NULL);
END;
$$;

COMMENT ON FUNCTION ptflow.differences IS 'In what a call differs from the one that came first with its key.';
