-- The functions of a schema; see schemas.sql. $3 is the names of those that are looked at, or NULL for all.

WITH function AS (
    SELECT p.*,
           format('%I.%I(%s)', $2::text, p.proname, oidvectortypes(p.proargtypes)) AS name,
           -- The statement names the schema once, at its beginning.
           CASE WHEN p.prokind IN ('f', 'p') THEN
               format('CREATE OR REPLACE %s %I.%I(', d.word, $2::text, p.proname)
               || substr(d.text, length(format('CREATE OR REPLACE %s %I.%I(', d.word, $1::text, p.proname)) + 1)
           ELSE 'aggregate' END AS definition
      FROM pg_proc AS p
     CROSS JOIN LATERAL (SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                                CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END) AS d (word, text)
     WHERE p.pronamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text)
       AND ($3::text[] IS NULL OR p.proname = ANY ($3::text[]))
)
SELECT p.phase, format('function %s', f.name) AS object, p.aspect, NULL AS parent, p.value, p.make, p.remake,
       format('DROP FUNCTION %s', f.name) AS unmake,
       CASE p.aspect WHEN 'definition' THEN 'remark' END AS surplus
  FROM function AS f
 CROSS JOIN LATERAL (VALUES
           (6, 'definition', f.definition, f.definition, format('DROP FUNCTION %s; %s', f.name, f.definition)),
           (7, 'owner', pg_get_userbyid(f.proowner)::text,
            format('ALTER FUNCTION %s OWNER TO %I', f.name, current_user), NULL),
           (8, 'comment', coalesce(obj_description(f.oid, 'pg_proc'), ''),
            format('COMMENT ON FUNCTION %s IS %L', f.name, obj_description(f.oid, 'pg_proc')), NULL)
       ) AS p (phase, aspect, value, make, remake)
UNION ALL
SELECT 9, format('function %s', f.name), format('EXECUTE of %s', g.name), NULL, a.is_grantable::text,
       format('GRANT EXECUTE ON FUNCTION %s TO %s', f.name, g.quoted), NULL,
       format('REVOKE EXECUTE ON FUNCTION %s FROM %s CASCADE', f.name, g.quoted), 'mended'
  FROM function AS f
 CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS a
 CROSS JOIN LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END,
                            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                    ) AS g (name, quoted)
 WHERE a.grantee <> f.proowner
 ORDER BY 1, 2, 3
