-- The roles of a net that a gateway says its user has: the setting ptflow.roles, as 'clerk, manager' or '["clerk"]', or
-- else the claim ptflow_roles (or roles) of PostgREST's request.jwt.claims. Only asked for callers that are granted
-- gateway; anybody can set a setting. Names that are no roles of the net mean nothing here.

CREATE OR REPLACE FUNCTION ptflow.claimed_roles(net text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setting text  := btrim(current_setting('ptflow.roles', true));
    claims  jsonb := nullif(btrim(current_setting('request.jwt.claims', true)), '')::jsonb;
    roles   jsonb;
BEGIN
    IF setting <> '' AND setting NOT LIKE '[%' THEN
        roles := to_jsonb(setting);
    ELSIF setting <> '' THEN
        roles := setting::jsonb;
    ELSIF jsonb_typeof(claims) = 'object' THEN
        roles := coalesce(claims -> 'ptflow_roles', claims -> 'roles');
    END IF;

    IF jsonb_typeof(roles) = 'string' THEN
        roles := to_jsonb(ARRAY(SELECT btrim(r) FROM unnest(string_to_array(roles #>> '{}', ',')) AS r));
    END IF;
    IF jsonb_typeof(roles) = 'array' THEN
        RETURN QUERY SELECT r.role FROM ptflow.roles AS r WHERE r.net = claimed_roles.net AND roles ? r.role;
    END IF;
END;
$$;

COMMENT ON FUNCTION ptflow.claimed_roles IS 'The roles of a net that a gateway says its user has.';
