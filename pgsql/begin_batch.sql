-- Gives a consumer of a subscription its share of the slots and a lease on them, and answers the number of what it is
-- given next. Whose lease is over has nothing any more. The row of the subscription lets one do this at a time.

CREATE OR REPLACE FUNCTION ptflow.begin_batch(name text, consumer text, "limit" bigint, lease interval)
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    moment timestamptz;
    number bigint;
    share  bigint;
    owned  bigint;
BEGIN
    PERFORM ptflow.demand_subscription(name);
    IF (length(consumer) BETWEEN 1 AND 255) IS NOT TRUE THEN
        PERFORM ptflow.refuse_argument(
            'consumer', consumer, 'a name of 1 to 255 characters that no other consumer has');
    ELSIF ("limit" >= 0) IS NOT TRUE THEN
        PERFORM ptflow.refuse_limit("limit");
    ELSIF (lease > '0' AND lease <= '1 day') IS NOT TRUE THEN
        PERFORM ptflow.refuse_argument('lease', lease::text, 'more than nothing, and at most a day');
    END IF;

    UPDATE ptflow.subscriptions AS s SET batch = s.batch + 1 WHERE s.subscription = name RETURNING s.batch INTO number;
    moment := clock_timestamp();
    DELETE FROM ptflow.consumers AS c WHERE c.subscription = name AND c.lease_until < moment AND c.consumer <> consumer;
    INSERT INTO ptflow.consumers AS c (subscription, consumer, batch, lease_until)
    VALUES (name, consumer, number, moment + lease)
        ON CONFLICT ON CONSTRAINT consumers_pkey
        DO UPDATE SET batch = excluded.batch, lease_until = excluded.lease_until;

    UPDATE ptflow.slots AS s
       SET consumer = NULL
     WHERE s.subscription = name
       AND s.consumer IS NOT NULL
       AND NOT EXISTS (SELECT FROM ptflow.consumers AS c WHERE c.subscription = name AND c.consumer = s.consumer);
    share := (SELECT 63 / count(*) + 1 FROM ptflow.consumers AS c WHERE c.subscription = name);
    owned := (SELECT count(*) FROM ptflow.slots AS s WHERE s.subscription = name AND s.consumer = consumer);
    UPDATE ptflow.slots AS s
       SET consumer = CASE WHEN owned < share THEN consumer END
     WHERE s.subscription = name
       AND s.slot IN (SELECT f.slot
                        FROM ptflow.slots AS f
                       WHERE f.subscription = name
                         AND f.consumer IS NOT DISTINCT FROM CASE WHEN owned > share THEN consumer END
                       ORDER BY f.slot DESC
                       LIMIT abs(share - owned));
    RETURN number;
END;
$$;

COMMENT ON FUNCTION ptflow.begin_batch IS 'Gives a consumer its share of a subscription and a lease on it.';
