-- Refuses a search that would take too long: how many steps, or how many markings it met.

CREATE OR REPLACE FUNCTION ptflow.refuse_search(net text, max_steps bigint, markings bigint)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (max_steps >= 0) IS NOT TRUE THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument max_steps is %s', coalesce(max_steps::text, 'null')),
            jsonb_build_object('argument', 'max_steps', 'value', max_steps),
            'Give how many firings there may be, from 0.');
    END IF;

    PERFORM ptflow.refuse(
        '54000',
        format('the net %s has more than %s markings within reach: the search ended', net, markings),
        jsonb_build_object('net', net, 'markings', markings),
        'Give fewer max_steps. The file of the net can be searched without this limit: ptflow reach FILE QUERY.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_search IS 'Refuses a search that would take too long.';
