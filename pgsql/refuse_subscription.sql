-- Refuses a subscription that there is not, or whose name is none.

CREATE OR REPLACE FUNCTION ptflow.refuse_subscription(name text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (length(name) BETWEEN 1 AND 255) IS NOT TRUE THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument name %s', CASE WHEN name IS NULL THEN 'is null'
                                                ELSE format('has %s characters', length(name)) END),
            jsonb_build_object('argument', 'name', 'value', left(name, 300)),
            'Give a name of 1 to 255 characters.');
    END IF;

    PERFORM ptflow.refuse(
        'PT404',
        format('there is no subscription %s', name),
        jsonb_build_object('subscription', name),
        format('Make it first: SELECT ptflow_subscribe(%L);', name));
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_subscription IS 'Refuses a subscription that there is not.';
