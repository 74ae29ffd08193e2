-- The net roles that the caller holds: granted to it, to a role that it is a member of, or claimed through a gateway.
--
-- The caller is the role of the session as the client set it. SET ROLE counts; the rights of the functions' owner,
-- under which this view is read, do not.

CREATE OR REPLACE VIEW ptflow.held AS
    SELECT g.net,
           g.role
      FROM ptflow.grants AS g
     WHERE g.privilege = 'fire'
       AND pg_has_role(coalesce(nullif(current_setting('role'), 'none'), session_user)::name, g.member, 'USAGE')
 UNION ALL
    SELECT g.net,
           claimed.role
      FROM ptflow.grants AS g,
           ptflow.claimed_roles(g.net) AS claimed (role)
     WHERE g.privilege = 'gateway'
       AND pg_has_role(coalesce(nullif(current_setting('role'), 'none'), session_user)::name, g.member, 'USAGE');

COMMENT ON VIEW ptflow.held IS 'The net roles that the caller holds.';
