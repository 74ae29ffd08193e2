-- Gives a role of the database a right on a net: 'fire' with a role of the net, 'read', or 'gateway'.
--
--   SELECT ptflow.add_grant('octoe', 'fire', 'PlayerX', 'alice');
--
-- Answers whether it was new. It is done when its effect is there: PostgreSQL only warns when it grants nothing.

CREATE OR REPLACE FUNCTION ptflow.add_grant(net text, privilege text, role text, member name)
    RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    facade  CONSTANT name := (SELECT e.facade FROM ptflow.engine AS e);
    member_id        oid;
    type_name        regtype;
    is_new           boolean;
BEGIN
    PERFORM ptflow.lock_catalogue();
    type_name := ptflow.right_type(net, privilege, role);

    SELECT r.oid INTO member_id FROM pg_roles AS r WHERE r.rolname = member;
    IF member_id IS NULL THEN
        PERFORM ptflow.refuse(
            'PT404',
            format('the database has no role %s', member),
            jsonb_build_object('member', member),
            format('Make it first: CREATE ROLE %I LOGIN;', member));
    END IF;

    is_new := NOT EXISTS (SELECT FROM ptflow.grants AS g
                           WHERE g.net = add_grant.net AND g.privilege = add_grant.privilege AND g.role = add_grant.role
                             AND g.member = member_id);
    EXECUTE format('GRANT USAGE ON TYPE %s TO %I', type_name, member);
    PERFORM ptflow.sync_privileges();

    IF NOT ptflow.has_right(net, privilege, role, member) THEN
        PERFORM ptflow.refuse(
            '42501',
            format('PostgreSQL did not grant USAGE on the type %s to %s', type_name, member),
            jsonb_build_object('net', net, 'member', member, 'type', type_name),
            'Grant as the role that owns the nets.');
    ELSIF NOT has_schema_privilege(member, facade, 'USAGE')
          OR EXISTS (SELECT FROM pg_proc AS p
                       JOIN ptflow.calls AS c ON c.name = p.proname
                      WHERE p.pronamespace = to_regnamespace(quote_ident(facade))
                        AND add_grant.privilege = ANY (c.privileges)
                        AND NOT has_function_privilege(member, p.oid, 'EXECUTE'))
    THEN
        PERFORM ptflow.refuse(
            '42501',
            format('%s may not call the functions in the schema %s, which belongs to somebody else', member, facade),
            jsonb_build_object('net', net, 'member', member, 'schema', facade),
            format('Let the owner of the schema allow it: GRANT USAGE ON SCHEMA %I TO %I;', facade, member));
    END IF;
    RETURN is_new;
END;
$$;

COMMENT ON FUNCTION ptflow.add_grant IS 'Gives a role of the database a right on a net.';
