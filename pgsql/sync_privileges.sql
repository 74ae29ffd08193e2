-- Makes the EXECUTE privileges on the facade, and on the views that stand for the roles of nets, what the table
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
        WITH object AS (
            -- the calls of the facade
            SELECT p.oid, p.proowner AS owner, p.proacl AS acl, acldefault('f', p.proowner) AS acl_default,
                   'EXECUTE ON FUNCTION ' || p.oid::regprocedure AS may,
                   p.proname NOT IN ('ptflow_dispatch', 'ptflow_dispatch_many', 'ptflow_create') AS reads,
                   NULL AS net, NULL AS role
              FROM pg_proc AS p
             WHERE p.pronamespace = to_regnamespace(quote_ident(facade))
               AND p.proowner = (SELECT n.nspowner FROM pg_namespace AS n WHERE n.nspname = 'ptflow')
               AND obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
         UNION ALL
            -- the views that stand for roles
            SELECT c.oid, c.relowner, c.relacl, acldefault('r', c.relowner), 'SELECT ON ' || c.oid::regclass, false, r.net, r.role
              FROM ptflow.roles AS r
              JOIN ptflow.nets  AS n ON n.net = r.net
              JOIN pg_class     AS c ON c.oid = to_regclass(format('%I.%I', n.schema_name, r.view_name))
        ),
        actual AS (
            SELECT DISTINCT o.oid, o.may, a.grantee
              FROM object AS o
             CROSS JOIN LATERAL aclexplode(coalesce(o.acl, o.acl_default)) AS a
             WHERE a.grantee <> o.owner OR o.role IS NOT NULL
        ),
        wanted AS (
            SELECT DISTINCT o.oid, o.may, g.member::oid AS grantee, o.role IS NULL AS is_call
              FROM object AS o
              JOIN ptflow.grants AS g ON o.role IS NULL AND (g.privilege <> 'read' OR o.reads) AND g.member <> o.owner
                                      OR g.net = o.net AND g.privilege = 'fire' AND g.role = o.role
        )
        SELECT format('REVOKE ALL ON %s FROM %s', regexp_replace(a.may, '^[A-Z]+ ON ', ''),
                      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
          FROM actual AS a
         WHERE NOT EXISTS (SELECT FROM wanted AS w WHERE w.oid = a.oid AND w.grantee = a.grantee)
     UNION ALL
        SELECT format('GRANT %s TO %I', w.may, pg_get_userbyid(w.grantee))
          FROM wanted AS w
         WHERE NOT EXISTS (SELECT FROM actual AS a WHERE a.oid = w.oid AND a.grantee = w.grantee)
     UNION ALL
        SELECT DISTINCT format('GRANT USAGE ON SCHEMA %I TO %I', facade, pg_get_userbyid(w.grantee))
          FROM wanted AS w
         WHERE w.is_call AND NOT has_schema_privilege(w.grantee, facade, 'USAGE')
    LOOP
        EXECUTE change;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION ptflow.sync_privileges IS 'Makes the privileges on the facade and on roles what ptflow.grants says.';
