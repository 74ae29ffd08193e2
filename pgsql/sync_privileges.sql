-- Makes the privileges on what clients call follow from the rights that were granted: EXECUTE on the facade, EXECUTE on
-- the functions of the transitions that somebody may fire, and USAGE on the schemas of both. Whoever has a privilege
-- without a right loses it: by a default of the database, by a grant in bulk, or since PostgreSQL gives it to
-- everybody, as it does again after a restore without privileges.

CREATE OR REPLACE FUNCTION ptflow.sync_privileges()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    facade CONSTANT name := (SELECT e.facade FROM ptflow.engine AS e);
    change text;
BEGIN
    FOR change IN
        WITH owner AS (
            SELECT n.nspowner AS id FROM pg_namespace AS n WHERE n.nspname = 'ptflow'
        ),
        grants AS (
            SELECT g.net, g.privilege, g.role, g.member
              FROM ptflow.grants AS g, owner AS o WHERE g.member NOT IN (0, o.id)
        ),
        object AS (
            -- the calls of the facade
            SELECT 'FUNCTION ' || p.oid::regprocedure AS name, 'EXECUTE' AS privilege, p.proowner AS owner,
                   coalesce(p.proacl, acldefault('f', p.proowner)) AS acl,
                   ARRAY(SELECT g.member FROM grants AS g WHERE g.privilege = ANY (c.privileges)) AS wanted
              FROM pg_proc      AS p
              JOIN ptflow.calls AS c ON c.name = p.proname
             WHERE p.pronamespace = to_regnamespace(quote_ident(facade))
               AND obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
         UNION ALL
            -- the functions of the nets: those of transitions for who may fire them, the others for nobody
            SELECT 'FUNCTION ' || p.oid::regprocedure, 'EXECUTE', p.proowner,
                   coalesce(p.proacl, acldefault('f', p.proowner)),
                   ARRAY(SELECT g.member
                           FROM grants AS g
                          WHERE g.net = b.net
                            AND b.callers IS NOT NULL
                            AND (g.privilege = 'gateway'
                                 OR g.privilege = 'fire' AND g.role = ANY (array_prepend('*', b.callers))))
              FROM ptflow.objects AS b
              JOIN ptflow.nets    AS n ON n.net = b.net
              JOIN pg_proc        AS p ON p.oid = to_regprocedure(format('%I.%I(%s)', n.schema_name, b.name,
                                                                         b.arguments))
             WHERE b.kind = 'FUNCTION'
         UNION ALL
            -- the types: those that stand for rights for who was granted them, the others for nobody
            SELECT 'TYPE ' || t.oid::regtype, 'USAGE', t.typowner,
                   coalesce(t.typacl, acldefault('T', t.typowner)),
                   ARRAY(SELECT g.member
                           FROM grants        AS g
                           JOIN ptflow.rights AS r ON (r.net, r.privilege, r.role) = (g.net, g.privilege, g.role)
                          WHERE r.net = b.net AND r.type_name = b.name)
              FROM ptflow.objects AS b
              JOIN ptflow.nets    AS n ON n.net = b.net
              JOIN pg_type        AS t ON t.oid = to_regtype(format('%I.%I', n.schema_name, b.name))
             WHERE b.kind = 'DOMAIN'
         UNION ALL
            -- the schemas of the nets
            SELECT 'SCHEMA ' || quote_ident(s.nspname), 'USAGE', s.nspowner,
                   coalesce(s.nspacl, acldefault('n', s.nspowner)),
                   ARRAY(SELECT g.member FROM grants AS g WHERE g.net = n.net AND g.privilege <> 'read')
              FROM ptflow.nets  AS n
              JOIN pg_namespace AS s ON s.nspname = n.schema_name
        ),
        actual AS (
            SELECT DISTINCT o.name, a.grantee
              FROM object AS o
             CROSS JOIN LATERAL aclexplode(o.acl) AS a
             WHERE a.grantee <> o.owner
        ),
        wanted AS (
            SELECT DISTINCT o.name, o.privilege, w.grantee
              FROM object AS o
             CROSS JOIN LATERAL unnest(o.wanted) AS w (grantee)
             WHERE w.grantee <> o.owner
        )
        SELECT format('REVOKE ALL ON %s FROM %s', a.name,
                      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
          FROM actual AS a
         WHERE NOT EXISTS (SELECT FROM wanted AS w WHERE w.name = a.name AND w.grantee = a.grantee)
     UNION ALL
        SELECT format('GRANT %s ON %s TO %I', w.privilege, w.name, pg_get_userbyid(w.grantee))
          FROM wanted AS w
         WHERE NOT EXISTS (SELECT FROM actual AS a WHERE a.name = w.name AND a.grantee = w.grantee)
     UNION ALL
        SELECT DISTINCT format('GRANT USAGE ON SCHEMA %I TO %I', facade, pg_get_userbyid(g.member))
          FROM grants AS g
         WHERE NOT has_schema_privilege(g.member, facade, 'USAGE')
    LOOP
        EXECUTE change;
    END LOOP;
END;
$$;

COMMENT ON FUNCTION ptflow.sync_privileges IS 'Makes the privileges on what clients call follow from the rights.';
