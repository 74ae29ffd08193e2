-- Keeps other changes of the nets and of their rights out until the transaction ends. Only who may change the catalogue
-- can take this lock, and a reader does not wait for it.

CREATE OR REPLACE FUNCTION ptflow.lock_catalogue()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.limit_wait();
    LOCK TABLE ptflow.engine IN SHARE UPDATE EXCLUSIVE MODE;
EXCEPTION WHEN lock_not_available THEN
    PERFORM ptflow.refuse(
        '55P03',
        'another session has been changing the nets of this database for too long',
        '{}',
        'Wait for it to end, or look for it: SELECT * FROM pg_locks WHERE relation = ''ptflow.engine''::regclass;');
END;
$$;

COMMENT ON FUNCTION ptflow.lock_catalogue IS 'Keeps other changes of the nets out until the transaction ends.';
