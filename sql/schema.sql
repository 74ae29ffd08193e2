-- What all nets share: the catalogue, the rule for refusals, who may do what.
--
-- Each net has a schema of its own beside this one, named after the net. Clients call neither: they call the
-- functions ptflow_* of the facade.

-- One that came since the guard looked is somebody else's: then this fails, as nothing of it is to be touched.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace AS n
                    WHERE n.nspname = 'ptflow' AND pg_catalog.pg_get_userbyid(n.nspowner) = current_user)
    THEN
        CREATE SCHEMA ptflow;
    END IF;
END;
$$;

COMMENT ON SCHEMA ptflow IS 'ptflow engine: what all nets share. Made by ptflow; do not edit.';
