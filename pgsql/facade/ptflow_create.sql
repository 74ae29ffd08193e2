-- Makes an instance in the initial marking. Called again, it gives the first answer again.

CREATE OR REPLACE FUNCTION ptflow_create(net text, id text)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN {net}.create_instance(id COLLATE "C");}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
    RETURN NULL;
END;
$$;
