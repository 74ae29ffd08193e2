-- How far each slot of a subscription has been acknowledged that a consumer holds; NULL for those of others.

CREATE OR REPLACE FUNCTION ptflow.slots_of(name text, consumer text)
    RETURNS ptflow.position[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    RETURN ARRAY(SELECT CASE WHEN s.consumer = consumer THEN ROW(s.txid, s.net, s.id, s.seq)::ptflow.position END
                   FROM ptflow.slots AS s
                  WHERE s.subscription = name
                  ORDER BY s.slot);
END;
$$;

COMMENT ON FUNCTION ptflow.slots_of IS 'How far each slot has been acknowledged that a consumer holds.';
