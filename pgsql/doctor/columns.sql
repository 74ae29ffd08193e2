-- The columns of the tables of a schema; see schemas.sql.

WITH attribute AS (
    SELECT a.*,
           format('%I.%I', $2::text, c.relname) AS name,
           format_type(a.atttypid, a.atttypmod)
           || coalesce((SELECT format(' COLLATE %I.%I', n.nspname, l.collname)
                          FROM pg_collation AS l
                          JOIN pg_namespace AS n ON n.oid = l.collnamespace
                          JOIN pg_type      AS t ON t.oid = a.atttypid
                         WHERE l.oid = a.attcollation AND l.oid <> t.typcollation), '') AS type,
           pg_get_expr(d.adbin, d.adrelid) AS expression,
           q.seqrelid, q.seqmin, q.seqmax, q.seqincrement, q.seqcycle
      FROM pg_class     AS c
      JOIN pg_attribute AS a ON a.attrelid = c.oid
      LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_depend  AS i ON i.classid = 'pg_class'::regclass AND i.refclassid = 'pg_class'::regclass
                               AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum AND i.deptype = 'i'
      LEFT JOIN pg_sequence AS q ON q.seqrelid = i.objid
     WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text)
       AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
)
SELECT p.phase, format('column %s.%I', a.name, a.attname) AS object, p.aspect, format('table %s', a.name) AS parent, p.value,
       p.make, p.remake, format('ALTER TABLE %s DROP COLUMN %I', a.name, a.attname) AS unmake,
       CASE p.aspect WHEN 'definition' THEN 'remark' END AS surplus
  FROM attribute AS a
 CROSS JOIN LATERAL (SELECT CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
                            CASE WHEN a.seqcycle THEN '' ELSE 'NO ' END,
                            pg_sequence_last_value(a.seqrelid)) AS s (generated, no, last)
 CROSS JOIN LATERAL (VALUES
           (3, 'definition', a.type || CASE a.attgenerated WHEN '' THEN '' ELSE ' GENERATED' END,
            format('ALTER TABLE %s ADD COLUMN %I %s', a.name, a.attname, a.type), NULL),
           (5, 'default', coalesce(a.expression, 'none'),
            format('ALTER TABLE %s ALTER COLUMN %I %s', a.name, a.attname,
                   coalesce('SET DEFAULT ' || a.expression, 'DROP DEFAULT')), NULL),
           (5, 'not null', CASE WHEN a.attnotnull THEN 'yes' ELSE 'no' END,
            format('ALTER TABLE %s ALTER COLUMN %I %s NOT NULL', a.name, a.attname,
                   CASE WHEN a.attnotnull THEN 'SET' ELSE 'DROP' END), NULL),
           -- A sequence that has run out keeps hands from filling the column.
           (5, 'numbers of its own',
            CASE a.attidentity WHEN '' THEN 'none'
            ELSE format('%s, from %s to %s by %s%s, %s', lower(s.generated), a.seqmin, a.seqmax, a.seqincrement,
                        CASE WHEN a.seqcycle THEN ', again and again' ELSE '' END,
                        coalesce('last ' || s.last, 'not begun')) END,
            CASE a.attidentity WHEN '' THEN
                format('ALTER TABLE %s ALTER COLUMN %I DROP IDENTITY IF EXISTS', a.name, a.attname)
            ELSE format('ALTER TABLE %s ALTER COLUMN %I SET GENERATED %s SET MINVALUE %s SET MAXVALUE %s SET INCREMENT %s '
                        'SET %sCYCLE; SELECT setval(pg_get_serial_sequence(%L, %L), %s, %L)',
                        a.name, a.attname, s.generated, a.seqmin, a.seqmax, a.seqincrement, s.no, a.name, a.attname,
                        coalesce(s.last, a.seqmin), s.last IS NOT NULL) END,
            CASE a.attidentity WHEN '' THEN NULL
            ELSE format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL; ALTER TABLE %1$s ALTER COLUMN %2$I DROP DEFAULT; '
                        'ALTER TABLE %1$s ALTER COLUMN %2$I ADD GENERATED %s AS IDENTITY (MINVALUE %s MAXVALUE %s '
                        'INCREMENT %s %sCYCLE); SELECT setval(pg_get_serial_sequence(%L, %L), %s, %L)',
                        a.name, a.attname, s.generated, a.seqmin, a.seqmax, a.seqincrement, s.no, a.name, a.attname,
                        coalesce(s.last, a.seqmin), s.last IS NOT NULL) END),
           (8, 'comment', coalesce(col_description(a.attrelid, a.attnum), ''),
            format('COMMENT ON COLUMN %s.%I IS %L', a.name, a.attname, col_description(a.attrelid, a.attnum)), NULL)
       ) AS p (phase, aspect, value, make, remake)
 ORDER BY 1, a.name, a.attnum, 3
