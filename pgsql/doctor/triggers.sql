-- The triggers and rules of the tables and views of a schema; see schemas.sql. One of somebody else's that comes before or
-- instead of what is done can change what is stored: a fault. One that comes after it looks on, or refuses: a remark.

SELECT p.phase, format('trigger %I on %s', g.tgname, r.name) AS object, p.aspect,
       format('%s %s', r.kind, r.name) AS parent, p.value, p.make, NULL AS remake,
       format('DROP TRIGGER %I ON %s', g.tgname, r.name) AS unmake,
       CASE WHEN p.aspect <> 'definition' THEN NULL WHEN g.tgtype & 66 <> 0 THEN 'fault' ELSE 'remark' END AS surplus
  FROM pg_trigger AS g
  JOIN pg_class   AS c ON c.oid = g.tgrelid
 CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
                            format('%I.%I', $2::text, c.relname)) AS r (kind, name)
 CROSS JOIN LATERAL (VALUES
           (6, 'definition', pg_get_triggerdef(g.oid),
            format('DROP TRIGGER IF EXISTS %I ON %s; %s', g.tgname, r.name, pg_get_triggerdef(g.oid))),
           (6, 'enabled',
            CASE g.tgenabled WHEN 'O' THEN 'yes' WHEN 'D' THEN 'no' WHEN 'A' THEN 'always' ELSE 'on replicas only' END,
            format('ALTER TABLE %s ENABLE TRIGGER %I', r.name, g.tgname))
       ) AS p (phase, aspect, value, make)
 WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text) AND NOT g.tgisinternal
UNION ALL
SELECT 10, format('rule %I on %I.%I', w.rulename, $2::text, c.relname), 'definition',
       format('%s %I.%I', CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END, $2::text, c.relname),
       pg_get_ruledef(w.oid), NULL, NULL, format('DROP RULE %I ON %I.%I', w.rulename, $2::text, c.relname), 'fault'
  FROM pg_rewrite AS w
  JOIN pg_class   AS c ON c.oid = w.ev_class
 WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = $1::text) AND w.rulename <> '_RETURN'
 ORDER BY 1, 2, 3
