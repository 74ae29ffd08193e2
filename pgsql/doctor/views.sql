-- The views of a schema; see schemas.sql.

WITH view AS (
    SELECT c.*,
           format('%I.%I', $2::text, c.relname) AS name,
           format('VIEW %I.%I (%s)%s AS', $2::text, c.relname,
                  (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                     FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0),
                  (SELECT format(' WITH (%s)', string_agg(format('%I = %L', o.option_name, o.option_value), ', '
                                                         ORDER BY o.option_name))
                     FROM pg_options_to_table(c.reloptions) AS o HAVING count(*) > 0))
           || E'\n' || pg_get_viewdef(c.oid) AS definition
      FROM pg_class AS c
     WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text) AND c.relkind = 'v'
)
SELECT p.phase, format('view %s', v.name) AS object, p.aspect, NULL AS parent, p.value, p.make, p.remake,
       format('DROP VIEW %s', v.name) AS unmake,
       CASE p.aspect WHEN 'definition' THEN 'remark' END AS surplus
  FROM view AS v
 CROSS JOIN LATERAL (VALUES
           (6, 'definition', v.definition, 'CREATE OR REPLACE ' || v.definition,
            format('DROP VIEW IF EXISTS %s; CREATE %s', v.name, v.definition)),
           (7, 'owner', pg_get_userbyid(v.relowner)::text, format('ALTER VIEW %s OWNER TO %I', v.name, current_user), NULL),
           (8, 'comment', coalesce(obj_description(v.oid, 'pg_class'), ''),
            format('COMMENT ON VIEW %s IS %L', v.name, obj_description(v.oid, 'pg_class')), NULL)
       ) AS p (phase, aspect, value, make, remake)
UNION ALL
SELECT 8, format('view %s', v.name), format('comment on %I', a.attname), NULL, col_description(v.oid, a.attnum),
       format('COMMENT ON COLUMN %s.%I IS %L', v.name, a.attname, col_description(v.oid, a.attnum)), NULL,
       format('COMMENT ON COLUMN %s.%I IS NULL', v.name, a.attname), 'mended'
  FROM view         AS v
  JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum > 0
 WHERE col_description(v.oid, a.attnum) IS NOT NULL
UNION ALL
SELECT 9, format('view %s', v.name), format('%s of %s', a.privilege_type, g.name), NULL, a.is_grantable::text,
       format('GRANT %s ON %s TO %s', a.privilege_type, v.name, g.quoted), NULL,
       format('REVOKE %s ON %s FROM %s CASCADE', a.privilege_type, v.name, g.quoted), 'mended'
  FROM view AS v
 CROSS JOIN LATERAL (SELECT x.privilege_type, x.grantee, x.is_grantable FROM aclexplode(v.relacl) AS x
                  UNION ALL
                     SELECT format('%s (%I)', x.privilege_type, c.attname), x.grantee, x.is_grantable
                       FROM pg_attribute AS c
                      CROSS JOIN LATERAL aclexplode(c.attacl) AS x
                      WHERE c.attrelid = v.oid AND NOT c.attisdropped) AS a
 CROSS JOIN LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END,
                            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                    ) AS g (name, quoted)
 WHERE a.grantee <> v.relowner
 ORDER BY 1, 2, 3
