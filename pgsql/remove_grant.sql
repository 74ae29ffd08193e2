-- Takes a privilege on a net from a role of the database again. Answers whether it had it.

CREATE OR REPLACE FUNCTION ptflow.remove_grant(net text, privilege text, role text, member name)
    RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    facade  CONSTANT name := (SELECT e.facade FROM ptflow.engine AS e);
    removed integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('ptflow install', 0));

    IF NOT EXISTS (SELECT FROM ptflow.nets AS n WHERE n.net = remove_grant.net) THEN
        PERFORM ptflow.refuse_net(net);
    END IF;

    DELETE FROM ptflow.grants AS g
     WHERE g.net = remove_grant.net
       AND g.privilege = remove_grant.privilege
       AND g.role = remove_grant.role
       AND g.member = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = remove_grant.member);
    GET DIAGNOSTICS removed = ROW_COUNT;

    PERFORM ptflow.sync_privileges();

    -- Who may call nothing any more has no use for a schema that holds nothing else.
    IF removed > 0
       AND NOT EXISTS (SELECT FROM ptflow.grants AS g
                        WHERE g.member = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = remove_grant.member))
       AND NOT EXISTS (SELECT FROM pg_depend AS d
                        WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace(quote_ident(facade))
                          AND coalesce(obj_description(d.objid, 'pg_proc'), '') NOT LIKE 'ptflow facade:%')
    THEN
        EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM %I', facade, member);
    END IF;
    RETURN removed > 0;
END;
$$;

COMMENT ON FUNCTION ptflow.remove_grant IS 'Takes a privilege on a net from a role of the database again.';
