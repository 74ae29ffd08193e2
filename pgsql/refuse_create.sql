-- Refuses a caller that may not make instances of the net.

CREATE OR REPLACE FUNCTION ptflow.refuse_create(net text, caller text, roles text[])
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT403',
        format('%s may not create an instance of the net %s', coalesce(caller, 'the role of this session'), net),
        jsonb_build_object('net', net, 'caller', caller, 'privilege', 'create', 'roles', roles),
        format('It takes the role %s. The net''s owner can grant it: ptflow grant %s %s --to %s',
               array_to_string(roles, ' or '), net, roles[1], coalesce(caller, 'ROLE')));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_create IS 'Refuses a caller that may not make instances of the net.';
