-- Refuses a key that came before with another body.

CREATE OR REPLACE FUNCTION ptflow.refuse_key(net text, id text, action text, key text, first_seq bigint, differs text[])
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT422',
        format('the key %s was used before for another event of %s %s', key, net, id),
        jsonb_build_object('net', net, 'id', id, 'action', action, 'key', key, 'seq', first_seq, 'differs', differs),
        'A retry repeats the same action, multiple and payload. A new event needs a new key.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_key IS 'Refuses a key that came before with another body.';
