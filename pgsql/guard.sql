-- One installation at a time, and never into a schema of somebody else's.

DO $$
DECLARE
    found_owner   name;
    found_version integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ptflow install', 0));

    IF EXISTS (SELECT FROM pg_catalog.pg_namespace AS n WHERE n.nspname = 'ptflow')
       AND coalesce(obj_description(to_regnamespace('ptflow'), 'pg_namespace'), '') NOT LIKE 'ptflow engine%'
    THEN
        RAISE EXCEPTION 'there is a schema "ptflow" that ptflow did not make'
            USING ERRCODE = 'duplicate_schema',
                  HINT    = 'ptflow keeps its catalogue in a schema of that name. Rename yours, or use another database.';
    END IF;

    -- What stands in a schema of somebody else's would run with the rights of whoever installs.
    SELECT pg_get_userbyid(n.nspowner) INTO found_owner FROM pg_catalog.pg_namespace AS n WHERE n.nspname = 'ptflow';
    IF found_owner <> current_user THEN
        RAISE EXCEPTION 'the schema "ptflow" of this database belongs to %, not to %', found_owner, current_user
            USING ERRCODE = 'duplicate_schema',
                  HINT    = format('All nets of a database have one owner. Install as that role (SET ROLE %I will do), '
                                   'or use another database.', found_owner);
    END IF;

    IF to_regclass('ptflow.engine') IS NOT NULL THEN
        SELECT e.version INTO found_version FROM ptflow.engine AS e;
        IF found_version > 1 THEN
            RAISE EXCEPTION 'the engine of this database has version %, this program brings version 1', found_version
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT    = 'Use the newer ptflow that installed it.';
        END IF;
    END IF;
END;
$$;
