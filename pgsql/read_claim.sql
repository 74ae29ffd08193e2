-- A setting of a gateway as JSON; refused when it is none.

CREATE OR REPLACE FUNCTION ptflow.read_claim(setting text, words text)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF ptflow.is_json(words) THEN
        RETURN words::jsonb;
    END IF;

    PERFORM ptflow.refuse(
        'PT400',
        format('the setting %s is no JSON', setting),
        jsonb_build_object('setting', setting),
        'Name the roles that you act for as ''clerk, manager'', or as a JSON array of strings.');
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.read_claim IS 'A setting of a gateway as JSON.';
