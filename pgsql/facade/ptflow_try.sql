-- What ptflow_dispatch would answer or refuse, without hash and time: nothing is kept, nobody is waited for.

CREATE OR REPLACE FUNCTION ptflow_try(
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
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN {net}.try_firing(id COLLATE "C", action, payload, multiple, expected, key);}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
    RETURN NULL;
END;
$$;
