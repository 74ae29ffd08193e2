-- Refuses the arguments of a dispatch that cannot be meant: nulls, numbers out of range, and what is too long.

CREATE OR REPLACE FUNCTION ptflow.refuse_arguments(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fault CONSTANT text := ptflow.argument_fault(id, action, payload, multiple, expected, key);
BEGIN
    IF fault IS NULL THEN
        RETURN;
    ELSIF fault = 'id' THEN
        PERFORM ptflow.refuse_id(id);
    ELSIF fault = 'action' THEN
        PERFORM ptflow.refuse_null('action', 'the name of a transition');
    ELSIF fault = 'payload' AND payload IS NULL THEN
        PERFORM ptflow.refuse_null('payload', 'a JSON value, or leave the argument out for {}');
    ELSIF fault = 'payload' THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument payload cannot be stored: %s', ptflow.payload_fault(payload)),
            jsonb_build_object('argument', 'payload', 'reason', ptflow.payload_fault(payload)),
            'Keep large data elsewhere, and its address in the payload.');
    ELSIF fault = 'multiple' AND multiple IS NULL THEN
        PERFORM ptflow.refuse_null('multiple', 'a number, or leave the argument out for 1');
    ELSIF fault = 'multiple' THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument multiple is %s', multiple),
            jsonb_build_object('argument', 'multiple', 'value', multiple),
            'A transition fires at least once; leave the argument out for 1.');
    ELSIF fault = 'expected' THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument expected is %s', expected),
            jsonb_build_object('argument', 'expected', 'value', expected),
            'Give the seq of the last event that you know of: 0 before the first; leave it out for any.');
    END IF;

    PERFORM ptflow.refuse(
        'PT400',
        format('the argument key has %s characters', length(key)),
        jsonb_build_object('argument', 'key', 'length', length(key)),
        'A key has 1 to 255 characters; leave it out if the call is not to be retried.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_arguments IS 'Refuses the arguments of a dispatch that cannot be meant.';
