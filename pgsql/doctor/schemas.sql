-- What is there of a schema itself. All files of this folder have these parameters and columns; the doctor reads them of
-- what is there, and of the same made anew, and compares.
--
--   $1          the schema, as it is called
--   $2          the schema that it stands for, in words and statements
--
--   phase       when it is mended: what comes before needs nothing of what comes after
--   object      what it is about
--   aspect      what of it
--   parent      the object without which it is not there
--   value       how it is
--   make        what makes it so, but for what nothing can: NULL
--   remake      what makes it so where `make` fails
--   unmake      what takes it away where it should not be
--   surplus     what it is where it should not be: `mended`, taken away; a `fault`, told with `unmake`; a `remark`; or NULL,
--               of no interest

SELECT 1 AS phase, format('schema %I', $2::text) AS object, a.*, NULL AS remake, NULL AS unmake, NULL AS surplus
  FROM pg_namespace AS n
 CROSS JOIN LATERAL (VALUES
           ('definition', NULL, 'schema', NULL),
           ('owner',      NULL, pg_get_userbyid(n.nspowner)::text,
            format('ALTER SCHEMA %I OWNER TO %I', $2::text, current_user)),
           ('comment',    NULL, obj_description(n.oid, 'pg_namespace'),
            format('COMMENT ON SCHEMA %I IS %L', $2::text, obj_description(n.oid, 'pg_namespace')))
       ) AS a (aspect, parent, value, make)
 WHERE n.nspname = $1::text
UNION ALL
SELECT 9, format('schema %I', $2::text), format('%s of %s', a.privilege_type, g.name), NULL, a.is_grantable::text,
       format('GRANT %s ON SCHEMA %I TO %s', a.privilege_type, $2::text, g.quoted), NULL,
       format('REVOKE %s ON SCHEMA %I FROM %s CASCADE', a.privilege_type, $2::text, g.quoted), 'mended'
  FROM pg_namespace AS n
 CROSS JOIN LATERAL aclexplode(n.nspacl) AS a
 CROSS JOIN LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END,
                            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                    ) AS g (name, quoted)
 WHERE n.nspname = $1::text AND a.grantee <> n.nspowner
 ORDER BY 1, 2, 3
