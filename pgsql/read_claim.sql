-- A setting of a gateway as JSON; refused when it is none, or none that a jsonb can hold.
--
-- The only subtransaction of a call. It writes nothing, so it is given no transaction id, and costs a few microseconds:
-- docs/decisions/0030-a-claim-is-read-in-a-subtransaction.md.

CREATE OR REPLACE FUNCTION ptflow.read_claim(setting text, words text)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN words::jsonb;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    PERFORM ptflow.refuse(
        'PT400',
        format('the setting %s is no JSON that PostgreSQL can read: %s', setting, SQLERRM),
        jsonb_build_object('setting', setting, 'reason', SQLERRM),
        'Name the roles that you act for as ''clerk, manager'', or as a JSON array of strings.');
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.read_claim IS 'A setting of a gateway as JSON.';
