-- Refuses the arguments of a dispatch that cannot be meant: nulls, and numbers out of range.

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
BEGIN
    IF id IS NULL OR id = '' OR length(id) > 255 THEN
        PERFORM ptflow.refuse_id(id);
    ELSIF action IS NULL THEN
        PERFORM ptflow.refuse_null('action', 'the name of a transition');
    ELSIF payload IS NULL THEN
        PERFORM ptflow.refuse_null('payload', 'a JSON value, or leave the argument out for {}');
    ELSIF multiple IS NULL THEN
        PERFORM ptflow.refuse_null('multiple', 'a number, or leave the argument out for 1');
    ELSIF multiple < 1 THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument multiple is %s', multiple),
            jsonb_build_object('argument', 'multiple', 'value', multiple),
            'A transition fires at least once; leave the argument out for 1.');
    ELSIF expected < 0 THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument expected is %s', expected),
            jsonb_build_object('argument', 'expected', 'value', expected),
            'Give the seq of the last event that you know of: 0 before the first; leave it out for any.');
    ELSIF key = '' OR length(key) > 255 THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument key has %s characters', length(key)),
            jsonb_build_object('argument', 'key', 'length', length(key)),
            'A key has 1 to 255 characters; leave it out if the call is not to be retried.');
    END IF;
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_arguments IS 'Refuses the arguments of a dispatch that cannot be meant.';
