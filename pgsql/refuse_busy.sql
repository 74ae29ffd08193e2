-- Gives up on an instance that changed each time that the transition was tried. The code is PostgreSQL's own for "try
-- again", which clients and poolers know.

CREATE OR REPLACE FUNCTION ptflow.refuse_busy(net text, id text, action text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        '40001',
        format('%s of %s %s met another event each time it was tried', coalesce(action, 'an event'), net, id),
        jsonb_build_object('net', net, 'id', id, 'action', action),
        'Try again.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_busy IS 'Gives up on an instance that changed each time.';
