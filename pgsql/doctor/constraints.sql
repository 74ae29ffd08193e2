-- The constraints of the tables of a schema; see schemas.sql. That a column is not null is told with the column.

SELECT p.phase, format('constraint %I on %I.%I', c.conname, $2::text, t.relname) AS object, p.aspect,
       format('table %I.%I', $2::text, t.relname) AS parent, p.value, p.make, NULL AS remake,
       format('ALTER TABLE %I.%I DROP CONSTRAINT %I', $2::text, t.relname, c.conname) AS unmake,
       CASE p.aspect WHEN 'definition' THEN 'remark' END AS surplus
  FROM pg_class      AS t
  JOIN pg_constraint AS c ON c.conrelid = t.oid AND c.contype IN ('c', 'p', 'u', 'f', 'x')
  LEFT JOIN pg_index AS i ON i.indexrelid = c.conindid AND i.indrelid = t.oid
 CROSS JOIN LATERAL (VALUES
           (6, 'definition',
            pg_get_constraintdef(c.oid)
            || CASE WHEN i.indexrelid IS NULL OR i.indisvalid AND i.indisready THEN '' ELSE ' with an invalid index' END
            || CASE WHEN EXISTS (SELECT FROM pg_trigger AS g WHERE g.tgconstraint = c.oid AND g.tgenabled <> 'O')
                    THEN ' with its triggers disabled' ELSE '' END,
            format('ALTER TABLE %I.%I DROP CONSTRAINT IF EXISTS %I; ALTER TABLE %1$I.%2$I ADD CONSTRAINT %3$I %4$s',
                   $2::text, t.relname, c.conname, pg_get_constraintdef(c.oid))),
           (8, 'comment', coalesce(obj_description(c.oid, 'pg_constraint'), ''),
            format('COMMENT ON CONSTRAINT %I ON %I.%I IS %L', c.conname, $2::text, t.relname,
                   obj_description(c.oid, 'pg_constraint')))
       ) AS p (phase, aspect, value, make)
 WHERE t.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text) AND t.relkind IN ('r', 'p')
 -- keys before those that refer to them
 ORDER BY 1, c.contype = 'f', c.oid, 3
