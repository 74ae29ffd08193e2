-- Asked before everything that the owner of the nets does: never with a schema of somebody else's, whose functions
-- would run with the rights of whoever asks. It reads only what PostgreSQL itself says, until it is known whose the
-- schema is.

DO $$
DECLARE
    found_owner   name;
    found_comment text;
    found_version integer;
BEGIN
    IF getdatabaseencoding() IN ('SQL_ASCII', 'EUC_JIS_2004') THEN
        RAISE EXCEPTION 'the database has the encoding %, whose characters are not those of Unicode',
                        getdatabaseencoding()
            USING ERRCODE = 'feature_not_supported',
                  HINT    = 'The hashes of events are taken of characters. Use a database with the encoding UTF8.';
    END IF;

    SELECT pg_get_userbyid(n.nspowner), obj_description(n.oid, 'pg_namespace')
      INTO found_owner, found_comment
      FROM pg_catalog.pg_namespace AS n
     WHERE n.nspname = 'ptflow';
    IF found_owner IS NULL THEN
        RETURN;
    END IF;

    IF coalesce(found_comment, '') NOT LIKE 'ptflow engine%' THEN
        RAISE EXCEPTION 'there is a schema "ptflow" that ptflow did not make'
            USING ERRCODE = 'duplicate_schema',
                  HINT    = 'ptflow keeps its catalogue in a schema of that name. Rename yours, or use another one.';
    ELSIF found_owner <> current_user THEN
        RAISE EXCEPTION 'the schema "ptflow" of this database belongs to %, not to %', found_owner, current_user
            USING ERRCODE = 'duplicate_schema',
                  HINT    = format('All nets of a database have one owner. Connect as that role (SET ROLE %I will do), '
                                   'or use another database.', found_owner);
    END IF;

    IF to_regclass('ptflow.engine') IS NOT NULL THEN
        SELECT e.version INTO found_version FROM ptflow.engine AS e;
        IF found_version < 4 THEN
            RAISE EXCEPTION 'this database has version % of the engine, whose tables were others', found_version
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT    = 'Its nets cannot be taken over. Use another database, or drop the schema ptflow, '
                                'the functions ptflow_* and the schemas of the nets first.';
        ELSIF found_version > 4 THEN
            RAISE EXCEPTION 'the engine of this database has version %, this program brings version 4', found_version
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT    = 'Use the newer ptflow that installed it.';
        END IF;
    END IF;
END;
$$;
