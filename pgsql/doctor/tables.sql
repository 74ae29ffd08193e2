-- The tables of a schema, and what hangs on them: see schemas.sql. Their columns, constraints and triggers have files of
-- their own.

WITH relation AS (
    SELECT c.*,
           CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
                          ELSE 'table' END AS kind,
           format('%I.%I', $2::text, c.relname) AS name
      FROM pg_class AS c
     WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text)
       AND c.relkind IN ('r', 'p', 'm', 'f', 'S')
       -- those of identity columns are told with these
       AND NOT EXISTS (SELECT FROM pg_depend AS d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i'
                          AND d.refclassid = 'pg_class'::regclass)
)
SELECT p.phase, format('%s %s', r.kind, r.name) AS object, p.aspect, NULL AS parent, p.value, p.make, NULL AS remake,
       format('DROP %s %s', upper(r.kind), r.name) AS unmake,
       CASE p.aspect WHEN 'definition' THEN 'remark' END AS surplus
  FROM relation AS r
 CROSS JOIN LATERAL (VALUES
           (3, 'definition',
            CASE r.relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END
            || CASE r.relkind WHEN 'p' THEN 'partitioned ' ELSE '' END || r.kind,
            format('CREATE TABLE IF NOT EXISTS %s (); ALTER TABLE %1$s SET LOGGED', r.name)),
           (3, 'row security',
            CASE WHEN r.relrowsecurity AND r.relforcerowsecurity THEN 'on and forced'
                 WHEN r.relrowsecurity      THEN 'on'
                 WHEN r.relforcerowsecurity THEN 'off but forced'
                 ELSE 'off' END,
            format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY; ALTER TABLE %1$s NO FORCE ROW LEVEL SECURITY', r.name)),
           (7, 'owner', pg_get_userbyid(r.relowner)::text, format('ALTER TABLE %s OWNER TO %I', r.name, current_user)),
           (8, 'comment', coalesce(obj_description(r.oid, 'pg_class'), ''),
            format('COMMENT ON TABLE %s IS %L', r.name, obj_description(r.oid, 'pg_class')))
       ) AS p (phase, aspect, value, make)
UNION ALL
SELECT 3, format('%s %s', r.kind, r.name), format('storage parameter %s', o.option_name), NULL, o.option_value,
       format('ALTER TABLE %s SET (%I = %L)', r.name, o.option_name, o.option_value), NULL, NULL, NULL
  FROM relation AS r
 CROSS JOIN LATERAL pg_options_to_table(r.reloptions) AS o
UNION ALL
SELECT 9, format('%s %s', r.kind, r.name), format('%s of %s', a.privilege_type, g.name), NULL, a.is_grantable::text,
       format('GRANT %s ON %s TO %s', a.privilege_type, r.name, g.quoted), NULL,
       format('REVOKE %s ON %s FROM %s CASCADE', a.privilege_type, r.name, g.quoted), 'mended'
  FROM relation AS r
 CROSS JOIN LATERAL (SELECT x.privilege_type, x.grantee, x.is_grantable FROM aclexplode(r.relacl) AS x
                  UNION ALL
                     SELECT format('%s (%I)', x.privilege_type, c.attname), x.grantee, x.is_grantable
                       FROM pg_attribute AS c
                      CROSS JOIN LATERAL aclexplode(c.attacl) AS x
                      WHERE c.attrelid = r.oid AND NOT c.attisdropped) AS a
 CROSS JOIN LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END,
                            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                    ) AS g (name, quoted)
 WHERE a.grantee <> r.relowner
UNION ALL
-- a table whose rows are read as rows of this one, or one whose rows are read with its own
SELECT 10, format('inheritance of %s by %s', h.inhparent::regclass, h.inhrelid::regclass), 'definition',
       format('table %s', r.name), 'INHERITS', NULL, NULL,
       format('ALTER TABLE %s NO INHERIT %s', h.inhrelid::regclass, h.inhparent::regclass), 'fault'
  FROM relation    AS r
  JOIN pg_inherits AS h ON r.oid IN (h.inhparent, h.inhrelid)
UNION ALL
SELECT 10, format('policy %I on %s', p.polname, r.name), 'definition', format('table %s', r.name), 'policy', NULL, NULL,
       format('DROP POLICY %I ON %s', p.polname, r.name), 'remark'
  FROM relation  AS r
  JOIN pg_policy AS p ON p.polrelid = r.oid
UNION ALL
-- an index that no constraint has
SELECT 10, format('index %I.%I', $2::text, i.relname), 'definition', format('table %s', r.name),
       pg_get_indexdef(i.oid), pg_get_indexdef(i.oid), NULL, format('DROP INDEX %I.%I', $2::text, i.relname), 'remark'
  FROM relation AS r
  JOIN pg_index AS x ON x.indrelid = r.oid
  JOIN pg_class AS i ON i.oid = x.indexrelid
 WHERE NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.oid AND c.conrelid = r.oid)
 ORDER BY 1, 2, 3
