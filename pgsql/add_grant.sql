-- Gives a role of the database a privilege on a net: 'fire' with a role of the net, 'read', or 'gateway'.
--
--   SELECT ptflow.add_grant('octoe', 'fire', 'PlayerX', 'alice');
--
-- Answers whether it was new.

CREATE OR REPLACE FUNCTION ptflow.add_grant(net text, privilege text, role text, member name)
    RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    member_id oid;
    added     integer;
BEGIN
    -- PostgreSQL does not take two changes of one function's privileges at once.
    PERFORM pg_advisory_xact_lock(hashtextextended('ptflow install', 0));

    SELECT r.oid INTO member_id FROM pg_roles AS r WHERE r.rolname = member;
    IF member_id IS NULL THEN
        PERFORM ptflow.refuse(
            'PT404',
            format('the database has no role %s', member),
            jsonb_build_object('member', member),
            format('Make it first: CREATE ROLE %I LOGIN;', member));
    END IF;
    IF NOT EXISTS (SELECT FROM ptflow.nets AS n WHERE n.net = add_grant.net) THEN
        PERFORM ptflow.refuse_net(net);
    END IF;
    IF privilege = 'fire' AND NOT EXISTS (SELECT FROM ptflow.roles AS r
                                           WHERE r.net = add_grant.net AND r.role = add_grant.role)
    THEN
        PERFORM ptflow.refuse(
            'PT404',
            format('the net %s has no role %s', net, role),
            jsonb_build_object('net', net, 'role', role),
            format('Its roles are %s.', (SELECT string_agg(r.role, ', ' ORDER BY r.role)
                                           FROM ptflow.roles AS r WHERE r.net = add_grant.net)));
    END IF;

    INSERT INTO ptflow.grants (net, privilege, role, member)
    VALUES (net, privilege, role, member_id)
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;

    PERFORM ptflow.sync_privileges();
    RETURN added > 0;
END;
$$;

COMMENT ON FUNCTION ptflow.add_grant IS 'Gives a role of the database a privilege on a net.';
