-- Refuses an action that the net does not have.

CREATE OR REPLACE FUNCTION ptflow.refuse_action(net text, id text, action text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF action IS NULL THEN
        PERFORM ptflow.refuse_null('action', 'the name of a transition');
    END IF;

    PERFORM ptflow.refuse(
        'PT404',
        format('the net %s has no action %s', net, action),
        jsonb_build_object('net', net, 'id', id, 'action', action),
        format('Check the name, capitals included. What can be done now: SELECT * FROM ptflow_enabled(%L, %L);',
               net, id));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_action IS 'Refuses an action that the net does not have.';
