-- The net roles that the caller holds: granted to it, to a role that it is a member of, or claimed through a gateway.

CREATE OR REPLACE VIEW ptflow.held AS
    SELECT r.net,
           r.role
      FROM (SELECT ptflow.caller() AS caller OFFSET 0) AS c
     CROSS JOIN ptflow.rights AS r
     WHERE r.privilege = 'fire'
       AND (ptflow.has_right(r.net, 'fire', r.role, c.caller)
            OR ptflow.has_right(r.net, 'gateway', '', c.caller) AND r.role = ANY (ptflow.claimed_roles()));

COMMENT ON VIEW ptflow.held IS 'The net roles that the caller holds.';
