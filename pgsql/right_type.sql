-- The type that stands for a right on a net. Refuses a net or a role of it that is not there.

CREATE OR REPLACE FUNCTION ptflow.right_type(net text, privilege text, role text)
    RETURNS regtype
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    type_name regtype;
BEGIN
    IF NOT EXISTS (SELECT FROM ptflow.nets AS n WHERE n.net = right_type.net) THEN
        PERFORM ptflow.refuse_net(net);
    END IF;

    SELECT format('%I.%I', n.schema_name, r.type_name)::regtype
      INTO type_name
      FROM ptflow.rights AS r
      JOIN ptflow.nets   AS n ON n.net = r.net
     WHERE r.net = right_type.net AND r.privilege = right_type.privilege AND r.role = right_type.role;
    IF type_name IS NULL THEN
        PERFORM ptflow.refuse(
            'PT404',
            format('the net %s has no role %s', net, role),
            jsonb_build_object('net', net, 'role', role),
            format('Its roles are %s.', (SELECT string_agg(r.role, ', ' ORDER BY r.role)
                                           FROM ptflow.rights AS r WHERE r.net = right_type.net AND r.privilege = 'fire')));
    END IF;
    RETURN type_name;
END;
$$;

COMMENT ON FUNCTION ptflow.right_type IS 'The type that stands for a right on a net.';
