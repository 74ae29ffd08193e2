-- Refuses a net that is not installed here.

CREATE OR REPLACE FUNCTION ptflow.refuse_net(net text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF net IS NULL THEN
        PERFORM ptflow.refuse_null('net', 'the name of an installed net');
    END IF;

    PERFORM ptflow.refuse(
        'PT404',
        format('there is no net %s', net),
        jsonb_build_object('net', net),
        'Check the name, capitals included. The owner sees the installed nets with: ptflow list');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_net IS 'Refuses a net that is not installed here.';
