-- The roles that a gateway says its user has; ptflow.claimed_role says where it does. A claim that cannot be read is
-- refused, never taken for another.

CREATE OR REPLACE FUNCTION ptflow.claimed_roles()
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setting CONSTANT text := btrim(current_setting('ptflow.roles', true), E' \t\r\n');
    claims  CONSTANT text := btrim(current_setting('request.jwt.claims', true), E' \t\r\n');
    roles            jsonb;
BEGIN
    IF setting LIKE '[%' THEN
        roles := ptflow.read_claim('ptflow.roles', setting);
    ELSIF setting IS NOT NULL THEN
        roles := to_jsonb(setting);
    ELSIF claims <> '' THEN
        roles := ptflow.read_claim('request.jwt.claims', claims);
        roles := coalesce(roles -> 'ptflow_roles', roles -> 'roles');
    END IF;

    IF jsonb_typeof(roles) = 'string' THEN
        RETURN ARRAY(SELECT btrim(r) FROM unnest(string_to_array(roles #>> '{}', ',')) AS r);
    ELSIF jsonb_typeof(roles) = 'array' THEN
        RETURN ARRAY(SELECT r #>> '{}' FROM jsonb_array_elements(roles) AS r WHERE jsonb_typeof(r) = 'string');
    END IF;
    RETURN ARRAY[]::text[];
END;
$$;

COMMENT ON FUNCTION ptflow.claimed_roles IS 'The roles that a gateway says its user has.';
