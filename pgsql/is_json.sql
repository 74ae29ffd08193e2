-- Whether a text is JSON that a jsonb can hold, told without the exception that reading it would raise: a dispatch opens no
-- subtransaction. What is innermost is made one value, until one is left (RFC 8259).

CREATE OR REPLACE FUNCTION ptflow.is_json(words text)
    RETURNS boolean
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Control characters, which JSON does not have, stand for what was read: 1 for a string, 2 for any other value.
    text_pattern   CONSTANT text := E'"([^"\\\\\\x01-\\x1f]|\\\\["\\\\/bfnrt]|\\\\u(?!0000|[dD][89a-fA-F])[0-9a-fA-F]{4})*"';
    value_pattern  CONSTANT text := E'\\m(true|false|null)\\M|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?';
    array_pattern  CONSTANT text := E'\\[\\s*([\\x01\\x02](\\s*,\\s*[\\x01\\x02])*)?\\s*\\]';
    object_pattern CONSTANT text := E'\\{\\s*(\\x01\\s*:\\s*[\\x01\\x02](\\s*,\\s*\\x01\\s*:\\s*[\\x01\\x02])*)?\\s*\\}';
    before                  text;
BEGIN
    IF words ~ E'[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f]' THEN
        RETURN false;
    END IF;
    words := regexp_replace(words, text_pattern, E'\x01', 'g');
    words := regexp_replace(words, value_pattern, E'\x02', 'g');
    LOOP
        before := words;
        words := regexp_replace(words, array_pattern || '|' || object_pattern, E'\x02', 'g');
        EXIT WHEN words = before;
    END LOOP;
    RETURN words ~ E'^\\s*[\\x01\\x02]\\s*$';
END;
$$;

COMMENT ON FUNCTION ptflow.is_json IS 'Whether a text is JSON that a jsonb can hold.';
