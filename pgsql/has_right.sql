-- Whether a role of the database has a right on a net. A type is open to everybody until it is revoked from PUBLIC, so
-- after a restore without privileges: then nobody has any right.

CREATE OR REPLACE FUNCTION ptflow.has_right(net text, privilege text, role text, member text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    type_id regtype;
BEGIN
    SELECT to_regtype(format('%I.%I', n.schema_name, r.type_name))
      INTO type_id
      FROM ptflow.rights AS r
      JOIN ptflow.nets   AS n ON n.net = r.net
     WHERE r.net = has_right.net AND r.privilege = has_right.privilege AND r.role = has_right.role;
    RETURN coalesce(has_type_privilege(member, type_id, 'USAGE') AND NOT has_type_privilege('public', type_id, 'USAGE'), false);
END;
$$;

COMMENT ON FUNCTION ptflow.has_right IS 'Whether a role of the database has a right on a net.';
