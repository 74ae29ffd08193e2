-- A trigger: refuses to change or remove what happened, to whoever writes to the tables of a net by hand, the owner
-- included. No function of ours does.

CREATE OR REPLACE FUNCTION ptflow.refuse_change()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        '23000',
        format('what happened is never changed: %s of %I.%I', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME),
        jsonb_build_object('schema', TG_TABLE_SCHEMA, 'table', TG_TABLE_NAME, 'operation', TG_OP),
        'Fire a transition: SELECT ptflow_dispatch(net, id, action);');
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_change IS 'A trigger: refuses to change or remove what happened.';
