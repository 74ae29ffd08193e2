-- Sees to it that nothing of this transaction waits for a lock without end: a minute, unless the session has a limit of
-- its own.

CREATE OR REPLACE FUNCTION ptflow.limit_wait()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('lock_timeout') = '0' THEN
        PERFORM set_config('lock_timeout', '60s', true);
    END IF;
END;
$$;

COMMENT ON FUNCTION ptflow.limit_wait IS 'Sees to it that nothing of this transaction waits for a lock without end.';
