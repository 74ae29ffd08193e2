-- Who has which right in fact: those to whom it was granted, and the members of these. Superusers have all, and are not
-- listed here.

CREATE OR REPLACE VIEW ptflow.holders AS
    SELECT g.net,
           g.privilege,
           g.role,
           r.oid AS member,
           CASE WHEN r.oid = g.member THEN 'grant'
                WHEN pg_has_role(r.oid, g.member, 'USAGE') THEN 'member'
                ELSE 'set role'
           END AS way,
           g.member AS granted_to
      FROM ptflow.grants AS g
      JOIN pg_roles      AS r ON r.oid = g.member OR NOT r.rolsuper AND pg_has_role(r.oid, g.member, 'MEMBER')
     WHERE g.member <> 0;

COMMENT ON VIEW   ptflow.holders            IS 'Who has which right on which net in fact.';
COMMENT ON COLUMN ptflow.holders.member     IS 'The role of the database that has it.';
COMMENT ON COLUMN ptflow.holders.way        IS 'How: by a grant, as a member, or once it has set that role.';
COMMENT ON COLUMN ptflow.holders.granted_to IS 'The role of the database that it was granted to.';
