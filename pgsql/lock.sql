-- One installation at a time. Before there is an engine to lock, they wait for the schema.

DO $$
BEGIN
    IF to_regclass('ptflow.engine') IS NOT NULL THEN
        PERFORM ptflow.lock_catalogue();
    END IF;
END;
$$;
