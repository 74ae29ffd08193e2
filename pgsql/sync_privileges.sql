-- Makes the EXECUTE privileges on the facade, and on the functions that stand for the roles of nets, what the table
-- ptflow.grants says, and nothing else: whoever has no grant left, and whoever got a privilege by a default of the
-- database, loses it. So does the owner for the roles of its nets: it may fire as `*`, which it can take from itself.

CREATE OR REPLACE FUNCTION ptflow.sync_privileges()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    facade CONSTANT name := (SELECT e.facade FROM ptflow.engine AS e);
    change text;
BEGIN
    -- A role that was dropped holds nothing.
    DELETE FROM ptflow.grants AS g WHERE NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.oid = g.member);

    FOR change IN
        WITH callable AS (
            SELECT p.oid, p.proowner, p.oid::regprocedure AS signature, p.proacl,
                   p.proname NOT IN ('ptflow_dispatch', 'ptflow_create') AS reads
              FROM pg_proc AS p
             WHERE p.pronamespace = to_regnamespace(quote_ident(facade))
               AND p.proowner = (SELECT n.nspowner FROM pg_namespace AS n WHERE n.nspname = 'ptflow')
               AND obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
        ),
        role_function AS (
            SELECT p.oid, p.proowner, p.proacl, r.net, r.role
              FROM ptflow.roles AS r
              JOIN ptflow.nets  AS n ON n.net = r.net
              JOIN pg_proc      AS p ON p.pronamespace = to_regnamespace(quote_ident(n.schema_name))
                                    AND p.proname = r.function_name
                                    AND p.pronargs = 0
        ),
        actual AS (
            SELECT c.oid, a.grantee
              FROM callable AS c
             CROSS JOIN LATERAL aclexplode(coalesce(c.proacl, acldefault('f', c.proowner))) AS a
             WHERE a.grantee <> c.proowner
         UNION ALL
            SELECT f.oid, a.grantee
              FROM role_function AS f
             CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS a
        ),
        wanted AS (
            SELECT DISTINCT c.oid, g.member::oid AS grantee, true AS is_called
              FROM callable AS c
              JOIN ptflow.grants AS g ON g.privilege <> 'read' OR c.reads
             WHERE g.member <> c.proowner
         UNION ALL
            SELECT f.oid, g.member::oid, false
              FROM role_function AS f
              JOIN ptflow.grants AS g ON g.net = f.net AND g.privilege = 'fire' AND g.role = f.role
        )
        SELECT format('REVOKE ALL ON FUNCTION %s FROM %s', a.oid::regprocedure,
                      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
          FROM actual AS a
         WHERE NOT EXISTS (SELECT FROM wanted AS w WHERE w.oid = a.oid AND w.grantee = a.grantee)
     UNION ALL
        SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', w.oid::regprocedure, pg_get_userbyid(w.grantee))
          FROM wanted AS w
         WHERE NOT EXISTS (SELECT FROM actual AS a WHERE a.oid = w.oid AND a.grantee = w.grantee)
     UNION ALL
        SELECT DISTINCT format('GRANT USAGE ON SCHEMA %I TO %I', facade, pg_get_userbyid(w.grantee))
          FROM wanted AS w
         WHERE w.is_called AND NOT has_schema_privilege(w.grantee, facade, 'USAGE')
    LOOP
        EXECUTE change;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION ptflow.sync_privileges IS 'Makes the privileges on the facade and on roles what ptflow.grants says.';
