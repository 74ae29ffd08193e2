-- Refuses a caller that holds none of the roles that may fire the transition; where there are no such roles, the
-- action, which the net does not have.

CREATE OR REPLACE FUNCTION ptflow.refuse_role(net text, id text, action text, caller text, roles text[])
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF roles IS NULL THEN
        PERFORM ptflow.refuse_action(net, id, action);
    END IF;

    PERFORM ptflow.refuse(
        'PT403',
        format('%s may not fire %s of the net %s', coalesce(caller, 'the role of this session'), action, net),
        jsonb_build_object('net', net, 'id', id, 'action', action, 'caller', caller, 'privilege', 'fire',
                           'roles', roles),
        format('It takes the role %s. The net''s owner can grant it: ptflow grant %s %s --to %s',
               array_to_string(roles, ' or '), net, roles[1], coalesce(caller, 'ROLE')));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_role IS 'Refuses a caller that holds none of the roles that may fire the transition.';
