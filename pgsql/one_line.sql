-- Words for a message or a hint: on one line, without what controls a terminal or turns the direction of writing, and
-- not too long. PostgREST puts a message into a header. The detail has what somebody sent as it was.

CREATE OR REPLACE FUNCTION ptflow.one_line(words text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    words := regexp_replace(words, E'[\\x01-\\x1f\\x7f]', ' ', 'g');
    IF getdatabaseencoding() = 'UTF8' THEN
        words := regexp_replace(
            words, E'[\\u0080-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]', ' ', 'g');
    END IF;
    RETURN CASE WHEN length(words) > 1000 THEN left(words, 1000) || ' ...' ELSE words END;
END;
$$;

COMMENT ON FUNCTION ptflow.one_line IS 'Words for a message or a hint, on one line.';
