-- What all nets share: the catalogue, the rule for refusals, who may do what.
--
-- Each net has a schema of its own beside this one, named after the net. Clients call neither: they call the
-- functions ptflow_* of the facade.

-- Whoever is first makes the schema, and others who install wait for that: to hold them up takes the right to make
-- schemas. Whose it is then, and whether one of ours, the guard says.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace AS n WHERE n.nspname = 'ptflow') THEN
        CREATE SCHEMA ptflow;
        COMMENT ON SCHEMA ptflow IS 'ptflow engine: what all nets share. Made by ptflow; do not edit.';
    END IF;
EXCEPTION
    WHEN duplicate_schema OR unique_violation THEN
        NULL;
    WHEN lock_not_available THEN
        RAISE EXCEPTION 'another session has been making the schema "ptflow" of this database for too long'
            USING ERRCODE = 'lock_not_available',
                  HINT    = 'Wait for it to end, or look for it: SELECT * FROM pg_stat_activity WHERE state = '
                            '''idle in transaction'';';
END;
$$;
