-- The net roles that the caller holds: granted to it, to a role that it is a member of, or claimed through a gateway.
--
-- The caller is the role of the session as the client set it. SET ROLE counts; the rights of the functions' owner,
-- under which this view is read, do not. What was granted is a privilege of PostgreSQL on the role's view, which
-- sync_privileges gives; the functions that fire ask for the same.

CREATE OR REPLACE VIEW ptflow.held AS
    SELECT r.net,
           r.role
      FROM ptflow.roles AS r
      JOIN ptflow.nets  AS n ON n.net = r.net
     WHERE has_table_privilege(coalesce(nullif(current_setting('role'), 'none'), session_user)::name,
                               to_regclass(format('%I.%I', n.schema_name, r.view_name)), 'SELECT')
 UNION ALL
    SELECT g.net,
           claimed.role
      FROM ptflow.grants AS g,
           ptflow.claimed_roles(g.net) AS claimed (role)
     WHERE g.privilege = 'gateway'
       AND pg_has_role(coalesce(nullif(current_setting('role'), 'none'), session_user)::name, g.member, 'USAGE');

COMMENT ON VIEW ptflow.held IS 'The net roles that the caller holds.';
