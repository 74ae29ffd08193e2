-- How many instances a net has.

CREATE OR REPLACE FUNCTION ptflow.count_instances(net text)
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name CONSTANT name := (SELECT n.schema_name FROM ptflow.nets AS n WHERE n.net = count_instances.net);
    instances            bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I.instances', schema_name) INTO instances;
    RETURN instances;
END;
$$;

COMMENT ON FUNCTION ptflow.count_instances IS 'How many instances a net has.';
