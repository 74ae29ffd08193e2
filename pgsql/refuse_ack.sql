-- Refuses to acknowledge what a consumer does not hold: no cursor of ptflow_receive, one of an earlier call, or one
-- whose lease is over, so that others have it.

CREATE OR REPLACE FUNCTION ptflow.refuse_ack(name text, consumer text, cursor text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (cursor ~ '^[0-9]{1,18}@') IS NOT TRUE THEN
        PERFORM ptflow.refuse(
            'PT400',
            'the argument cursor is no cursor of ptflow_receive',
            jsonb_build_object('argument', 'cursor', 'value', left(cursor, 200)),
            'Give the cursor of the last event that was handled.');
    END IF;

    PERFORM ptflow.refuse(
        'PT409',
        format('%s does not hold what it acknowledges of %s: it has received again since, or its lease is over',
               consumer, name),
        jsonb_build_object('subscription', name, 'consumer', consumer, 'cursor', left(cursor, 200)),
        'Receive again: what was not acknowledged comes again. If it takes longer to handle, ask for a longer lease.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_ack IS 'Refuses to acknowledge what a consumer does not hold.';
