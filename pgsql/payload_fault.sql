-- Why a payload cannot be stored: too many characters once it is printed, or too deep; NULL when it can.
--
-- What is stored is printed later: to be hashed, read and dumped. `1e131071` is eight characters and prints as 131,072, so
-- the limit is on what is printed. It is counted without printing more than the limit. Payloads of less than 1,800 bytes
-- need not be asked: a number prints to 9,216 characters a byte at most (147,456 of 16 bytes), a level takes 8 bytes.

CREATE OR REPLACE FUNCTION ptflow.payload_fault(payload jsonb)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    longest CONSTANT integer := 16777216;
    deepest CONSTANT integer := 500;
    printed          bigint  := 0::bigint;
    number           numeric;
BEGIN
    IF jsonb_path_exists(payload, format('strict $.**{%s}', deepest)::jsonpath) THEN
        RETURN format('it is deeper than %s levels', deepest);
    END IF;

    FOR number IN SELECT n.value::numeric FROM jsonb_path_query(payload, 'strict $.** ? (@.type() == "number")') AS n (value) LOOP
        printed := printed + length(number::text);
        EXIT WHEN printed > longest;
    END LOOP;
    IF printed > longest OR length(payload::text) > longest THEN
        RETURN format('it has more than %s characters when it is printed', longest);
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.payload_fault IS 'Why a payload cannot be stored.';
