-- The roles that a gateway says its user has; ptflow.claimed_role says where it does. A claim that cannot be read is
-- refused, never taken for another.

CREATE OR REPLACE FUNCTION ptflow.claimed_roles()
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setting CONSTANT text := btrim(current_setting('ptflow.roles', true));
    claims  CONSTANT text := btrim(current_setting('request.jwt.claims', true));
    source           text := 'ptflow.roles';
    roles            jsonb;
BEGIN
    BEGIN
        IF setting LIKE '[%' THEN
            roles := setting::jsonb;
        ELSIF setting IS NOT NULL THEN
            roles := to_jsonb(setting);
        ELSIF claims <> '' THEN
            source := 'request.jwt.claims';
            roles := coalesce(claims::jsonb -> 'ptflow_roles', claims::jsonb -> 'roles');
        END IF;
    EXCEPTION WHEN invalid_text_representation OR untranslatable_character THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the setting %s cannot be read', source),
            jsonb_build_object('setting', source),
            'Name the roles that you act for as ''clerk, manager'', or as a JSON array of strings.');
    END;

    IF jsonb_typeof(roles) = 'string' THEN
        RETURN ARRAY(SELECT btrim(r) FROM unnest(string_to_array(roles #>> '{}', ',')) AS r);
    ELSIF jsonb_typeof(roles) = 'array' THEN
        RETURN ARRAY(SELECT r #>> '{}' FROM jsonb_array_elements(roles) AS r WHERE jsonb_typeof(r) = 'string');
    END IF;
    RETURN '{}';
END;
$$;

COMMENT ON FUNCTION ptflow.claimed_roles IS 'The roles that a gateway says its user has.';
