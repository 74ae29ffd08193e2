-- Takes from everybody but the owner what PostgreSQL, or a default of the database, has given on the objects of a
-- schema of ours.

CREATE OR REPLACE FUNCTION ptflow.seal(schema_name name)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    change text;
BEGIN
    FOR change IN
        WITH held AS (
            SELECT format('SCHEMA %I', n.nspname) AS object, n.nspowner AS owner, a.grantee
              FROM pg_namespace AS n
             CROSS JOIN LATERAL aclexplode(n.nspacl) AS a
             WHERE n.nspname = schema_name
         UNION
            SELECT format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, schema_name, c.relname),
                   c.relowner, a.grantee
              FROM pg_class AS c
             CROSS JOIN LATERAL aclexplode(c.relacl) AS a
             WHERE c.relnamespace = to_regnamespace(quote_ident(schema_name)) AND c.relkind IN ('r', 'v', 'S')
         UNION
            SELECT format('FUNCTION %s', p.oid::regprocedure), p.proowner, a.grantee
              FROM pg_proc AS p
             CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
             WHERE p.pronamespace = to_regnamespace(quote_ident(schema_name))
         UNION
            SELECT format('TYPE %s', t.oid::regtype), t.typowner, a.grantee
              FROM pg_type AS t
             CROSS JOIN LATERAL aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) AS a
             WHERE t.typnamespace = to_regnamespace(quote_ident(schema_name)) AND t.typtype = 'd'
        )
        SELECT format('REVOKE ALL ON %s FROM %s', h.object,
                      CASE h.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(h.grantee)) END)
          FROM held AS h
         WHERE h.grantee <> h.owner
    LOOP
        EXECUTE change;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION ptflow.seal IS 'Leaves the objects of a schema to their owner alone.';
