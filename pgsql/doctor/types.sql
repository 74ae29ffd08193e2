-- The domains and composite types of a schema; see schemas.sql.

WITH type AS (
    SELECT t.*,
           CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'c' THEN 'type' ELSE 'type' END AS kind,
           format('%I.%I', $2::text, t.typname) AS name,
           CASE WHEN t.typtype = 'd' THEN
                    format_type(t.typbasetype, t.typtypmod)
                    || coalesce((SELECT format(' COLLATE %I.%I', n.nspname, c.collname)
                                   FROM pg_collation AS c
                                   JOIN pg_namespace AS n ON n.oid = c.collnamespace
                                   JOIN pg_type      AS b ON b.oid = t.typbasetype
                                  WHERE c.oid = t.typcollation AND c.oid <> b.typcollation), '')
                    || coalesce(' DEFAULT ' || t.typdefault, '')
                    || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                WHEN t.typtype = 'c' THEN
                    (SELECT format('(%s)', string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                                                      ORDER BY a.attnum))
                       FROM pg_attribute AS a
                      WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
           END AS value
      FROM pg_type AS t
      LEFT JOIN pg_class AS c ON c.oid = t.typrelid
     WHERE t.typnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text)
       AND (t.typtype IN ('d', 'e', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
)
SELECT p.phase, format('%s %s', t.kind, t.name) AS object, p.aspect, NULL AS parent, p.value, p.make, NULL AS remake,
       format('DROP %s %s', upper(t.kind), t.name) AS unmake,
       CASE p.aspect WHEN 'definition' THEN 'remark' END AS surplus
  FROM type AS t
 CROSS JOIN LATERAL (VALUES
           (2, 'definition', coalesce(t.value, t.kind), format('CREATE %s %s AS %s', upper(t.kind), t.name, t.value)),
           (7, 'owner',      pg_get_userbyid(t.typowner)::text, format('ALTER TYPE %s OWNER TO %I', t.name, current_user)),
           (8, 'comment',    coalesce(obj_description(t.oid, 'pg_type'), ''),
            format('COMMENT ON TYPE %s IS %L', t.name, obj_description(t.oid, 'pg_type')))
       ) AS p (phase, aspect, value, make)
UNION ALL
SELECT 9, format('%s %s', t.kind, t.name), format('USAGE of %s', g.name), NULL, a.is_grantable::text,
       format('GRANT USAGE ON TYPE %s TO %s', t.name, g.quoted), NULL,
       format('REVOKE USAGE ON TYPE %s FROM %s CASCADE', t.name, g.quoted), 'mended'
  FROM type AS t
 CROSS JOIN LATERAL aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) AS a
 CROSS JOIN LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END,
                            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                    ) AS g (name, quoted)
 WHERE t.typtype = 'd' OR a.grantee <> t.typowner
UNION ALL
-- what a domain demands
SELECT p.phase, format('constraint %I on domain %s', c.conname, t.name), p.aspect, 'domain ' || t.name, p.value,
       p.make, NULL, format('ALTER DOMAIN %s DROP CONSTRAINT %I', t.name, c.conname),
       -- what was proved or stated once, and is not any more
       CASE WHEN p.aspect <> 'definition' THEN NULL
            WHEN c.conname ~ '^(stated_law|law|at_most)_[0-9]+$' THEN 'mended'
            ELSE 'remark' END
  FROM type          AS t
  JOIN pg_constraint AS c ON c.contypid = t.oid AND c.contype = 'c'
 CROSS JOIN LATERAL (VALUES
           (6, 'definition', pg_get_constraintdef(c.oid),
            format('ALTER DOMAIN %s DROP CONSTRAINT IF EXISTS %I; ALTER DOMAIN %1$s ADD CONSTRAINT %2$I %3$s', t.name,
                   c.conname, pg_get_constraintdef(c.oid))),
           (8, 'comment',    coalesce(obj_description(c.oid, 'pg_constraint'), ''),
            format('COMMENT ON CONSTRAINT %I ON DOMAIN %s IS %L', c.conname, t.name,
                   obj_description(c.oid, 'pg_constraint')))
       ) AS p (phase, aspect, value, make)
 ORDER BY 1, 2, 3
