-- A trigger: lets the functions of a net write to its tables, and nobody by hand, the owner included.
--
-- Those functions set ptflow.writing while they write, and a rollback takes it back. That is the second wall; the first
-- are the rights, which only the owner has. Who owns the tables can take it down (ALTER TABLE … DISABLE TRIGGER) or
-- pretend to be a function; what is done then is found by ptflow_verify.

CREATE OR REPLACE FUNCTION ptflow.demand_writing()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('ptflow.writing', true) = 'on' THEN
        RETURN NULL;
    END IF;

    PERFORM ptflow.refuse(
        '23000',
        format('%I.%I is written to by firing transitions', TG_TABLE_SCHEMA, TG_TABLE_NAME),
        jsonb_build_object('schema', TG_TABLE_SCHEMA, 'table', TG_TABLE_NAME, 'operation', TG_OP),
        'Fire a transition: SELECT ptflow_dispatch(net, id, action);');
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.demand_writing IS 'A trigger: lets the functions of a net write to its tables, and nobody by hand.';
