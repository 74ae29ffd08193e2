-- A digest of what PostgreSQL's catalogue holds of some schemas: whatever is changed in one of them changes its digest. It
-- may change without reason, too: rows are taken as they are, with their numbers, which a restore gives anew. Left out is
-- what changes by itself, such as statistics and files.
--
--   $1             the schemas
--   $2             the schema of the facade, which is taken as part of the schema ptflow
--   $3             the names of the functions of the facade
--
--   schema_name    the schema
--   digest         sha-256, in hexadecimal digits

WITH schema AS MATERIALIZED (
    SELECT n.oid, n.nspname FROM pg_namespace AS n WHERE n.nspname = ANY ($1::text[])
),
object (schema, class, id, kind, text) AS MATERIALIZED (
    SELECT s.oid, 'pg_namespace'::regclass, n.oid, NULL::"char", n::text
      FROM schema       AS s
      JOIN pg_namespace AS n ON n.oid = s.oid OR s.nspname = 'ptflow' AND n.nspname = $2::text
 UNION ALL
    SELECT s.oid, 'pg_class'::regclass, c.oid, c.relkind,
           (c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relpersistence, c.reloptions, c.relrowsecurity,
            c.relforcerowsecurity)::text
      FROM schema   AS s
      JOIN pg_class AS c ON c.relnamespace = s.oid
 UNION ALL
    SELECT s.oid, 'pg_type'::regclass, t.oid, NULL, t::text
      FROM schema  AS s
      JOIN pg_type AS t ON t.typnamespace = s.oid
 UNION ALL
    SELECT s.oid, 'pg_proc'::regclass, p.oid, NULL, p::text
      FROM schema  AS s
      JOIN pg_proc AS p ON p.pronamespace = s.oid
 UNION ALL
    SELECT s.oid, 'pg_proc'::regclass, p.oid, NULL, p::text
      FROM schema       AS s
      JOIN pg_namespace AS n ON n.nspname = $2::text
      JOIN pg_proc      AS p ON p.pronamespace = n.oid AND p.proname = ANY ($3::text[])
     WHERE s.nspname = 'ptflow'
 UNION ALL
    SELECT s.oid, 'pg_constraint'::regclass, k.oid, NULL, k::text
      FROM schema        AS s
      JOIN pg_constraint AS k ON k.connamespace = s.oid
),
relation AS MATERIALIZED (
    SELECT o.schema, o.id, o.kind FROM object AS o WHERE o.class = 'pg_class'::regclass
),
row (schema, text) AS (
    SELECT o.schema, o.text FROM object AS o
 UNION ALL
    SELECT o.schema, d::text
      FROM object         AS o
      JOIN pg_description AS d ON d.objoid = o.id AND d.classoid = o.class
 UNION ALL
    SELECT r.schema, a::text
      FROM relation     AS r
      JOIN pg_attribute AS a ON a.attrelid = r.id AND a.attnum > 0
     WHERE r.kind <> 'i'
 UNION ALL
    SELECT r.schema, d::text FROM relation AS r JOIN pg_attrdef AS d ON d.adrelid = r.id
 UNION ALL
    SELECT r.schema, (q.*, pg_sequence_last_value(r.id))::text FROM relation AS r JOIN pg_sequence AS q ON q.seqrelid = r.id
 UNION ALL
    SELECT r.schema, i::text FROM relation AS r JOIN pg_index AS i ON i.indexrelid = r.id
 UNION ALL
    SELECT r.schema, g::text FROM relation AS r JOIN pg_trigger AS g ON g.tgrelid = r.id
 UNION ALL
    SELECT r.schema, w::text FROM relation AS r JOIN pg_rewrite AS w ON w.ev_class = r.id
 UNION ALL
    SELECT r.schema, p::text FROM relation AS r JOIN pg_policy AS p ON p.polrelid = r.id
 UNION ALL
    SELECT r.schema, h::text FROM relation AS r JOIN pg_inherits AS h ON h.inhrelid = r.id
 UNION ALL
    SELECT r.schema, h::text FROM relation AS r JOIN pg_inherits AS h ON h.inhparent = r.id
)
SELECT s.nspname AS schema_name,
       encode(sha256(string_agg(r.hash, '\x' ORDER BY r.hash)), 'hex') AS digest
  FROM (SELECT r.schema, sha256(convert_to(r.text, 'UTF8')) AS hash FROM row AS r) AS r
  JOIN schema AS s ON s.oid = r.schema
 GROUP BY s.nspname
