-- Takes a right on a net from a role of the database again. Answers whether it had it.

CREATE OR REPLACE FUNCTION ptflow.remove_grant(net text, privilege text, role text, member name)
    RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    facade  CONSTANT name := (SELECT e.facade FROM ptflow.engine AS e);
    type_name        regtype;
    had              boolean;
BEGIN
    PERFORM ptflow.lock_catalogue();
    type_name := ptflow.right_type(net, privilege, role);

    had := EXISTS (SELECT FROM ptflow.grants AS g
                    WHERE g.net = remove_grant.net AND g.privilege = remove_grant.privilege AND g.role = remove_grant.role
                      AND g.member = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = remove_grant.member));
    IF NOT had THEN
        RETURN false;
    END IF;
    EXECUTE format('REVOKE ALL ON TYPE %s FROM %I CASCADE', type_name, member);
    IF EXISTS (SELECT FROM ptflow.grants AS g
                WHERE g.net = remove_grant.net AND g.privilege = remove_grant.privilege AND g.role = remove_grant.role
                  AND g.member = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = remove_grant.member))
    THEN
        PERFORM ptflow.refuse(
            '42501',
            format('%s was granted USAGE on the type %s by somebody who may grant it on', member, type_name),
            jsonb_build_object('net', net, 'member', member, 'type', type_name),
            'Take it from that one first, and what was granted on goes with it.');
    END IF;
    PERFORM ptflow.sync_privileges();

    -- Who may call nothing any more has no use for a schema that holds nothing else.
    IF NOT EXISTS (SELECT FROM ptflow.grants AS g
                    WHERE g.member = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = remove_grant.member))
       AND NOT EXISTS (SELECT FROM pg_depend AS d
                        WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace(quote_ident(facade))
                          AND coalesce(obj_description(d.objid, 'pg_proc'), '') NOT LIKE 'ptflow facade:%')
    THEN
        EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM %I', facade, member);
    END IF;
    RETURN true;
END;
$$;

COMMENT ON FUNCTION ptflow.remove_grant IS 'Takes a right on a net from a role of the database again.';
