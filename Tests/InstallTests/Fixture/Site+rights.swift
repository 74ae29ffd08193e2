import Postgres

extension Site {
  /// Every right on what ptflow made that somebody but the owner has, one line a right.
  func rights() throws -> [String] {
    try superuser().column(
      """
      WITH schema AS (
          SELECT n.oid, n.nspname, n.nspacl, n.nspowner FROM pg_namespace AS n WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow %'
      ),
      acl AS (
          SELECT 'schema ' || n.nspname AS object, coalesce(n.nspacl, acldefault('n', n.nspowner)) AS acl FROM schema AS n
       UNION ALL
          SELECT 'relation ' || c.oid::regclass,
                 coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))
            FROM pg_class AS c JOIN schema AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'S', 'm', 'p', 'f')
       UNION ALL
          SELECT 'column ' || a.attrelid::regclass || '.' || a.attname, a.attacl
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN schema AS n ON n.oid = c.relnamespace
           WHERE a.attacl IS NOT NULL
       UNION ALL
          SELECT 'function ' || p.oid::regprocedure, coalesce(p.proacl, acldefault('f', p.proowner))
            FROM pg_proc AS p
           WHERE p.pronamespace IN (SELECT oid FROM schema) OR obj_description(p.oid, 'pg_proc') LIKE 'ptflow facade:%'
       UNION ALL
          SELECT 'domain ' || t.oid::regtype, coalesce(t.typacl, acldefault('T', t.typowner))
            FROM pg_type AS t JOIN schema AS n ON n.oid = t.typnamespace WHERE t.typtype = 'd'
      )
      SELECT format('%s: %s to %s', acl.object, a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END)
        FROM acl CROSS JOIN LATERAL aclexplode(acl.acl) AS a
       WHERE a.grantee <> '\(owner)'::regrole
       ORDER BY 1
      """)
  }
}
