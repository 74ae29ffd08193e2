-- A trigger: refuses what only a transition may do, to whoever writes to the tables of a net by hand, the owner included.
--
-- It is the second wall. Who owns the tables can take it down (ALTER TABLE … DISABLE TRIGGER); what is done then is
-- found by ptflow_verify.

CREATE OR REPLACE FUNCTION ptflow.refuse_change()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        '23000',
        CASE TG_TABLE_NAME || ' ' || TG_OP
            WHEN 'states INSERT' THEN format('an instance of %I begins in the initial marking, with seq 0', TG_TABLE_SCHEMA)
            WHEN 'states UPDATE' THEN format('an instance of %I changes by one event at a time', TG_TABLE_SCHEMA)
            WHEN 'states DELETE' THEN format('an instance of %I is not removed', TG_TABLE_SCHEMA)
            WHEN 'events INSERT' THEN format('an event of %I is what its instance''s state says', TG_TABLE_SCHEMA)
            ELSE                      format('the events of %I are never changed', TG_TABLE_SCHEMA)
        END,
        jsonb_build_object('schema', TG_TABLE_SCHEMA, 'table', TG_TABLE_NAME, 'operation', TG_OP),
        'Fire a transition: SELECT ptflow_dispatch(net, id, action);');
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_change IS 'A trigger: refuses what only a transition may do.';
