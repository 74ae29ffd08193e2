-- Fires a transition of an instance, and makes the instance if this is its first event.

CREATE OR REPLACE FUNCTION ptflow_dispatch(
    net      text,
    id       text,
    action   text,
    payload  jsonb  DEFAULT '{}',
    multiple bigint DEFAULT 1,
    expected bigint DEFAULT NULL,
    key      text   DEFAULT NULL
)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN {net}.fire(id COLLATE "C", action, payload, multiple, expected, key);}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
    RETURN NULL;
END;
$$;
