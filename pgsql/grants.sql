-- Who was granted what: PostgreSQL's own privileges on the types that stand for rights. Who has it by that, the view
-- ptflow.holders says.

CREATE OR REPLACE VIEW ptflow.grants AS
    SELECT DISTINCT
           r.net,
           r.privilege,
           r.role,
           a.grantee AS member
      FROM ptflow.rights AS r
      JOIN ptflow.nets   AS n ON n.net = r.net
      JOIN pg_type       AS t ON t.oid = to_regtype(format('%I.%I', n.schema_name, r.type_name))
     CROSS JOIN LATERAL aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) AS a
     WHERE a.privilege_type = 'USAGE';

COMMENT ON VIEW   ptflow.grants        IS 'Who was granted what on which net.';
COMMENT ON COLUMN ptflow.grants.member IS 'The role of the database; 0 for everybody, which is as good as nobody.';
