-- The number of a transaction of this cluster, as events.txid has it. In SQL, so that PostgreSQL puts it into the query
-- that asks. It is written anew by ptflow.refresh_numbered where something other than 0 is added.
--
-- It takes a bigint, and a dispatch gives it txid_current(): the way from an xid8 to a number leads through text, which
-- would be one part in a hundred of a dispatch.

CREATE OR REPLACE FUNCTION ptflow.numbered(xid bigint)
    RETURNS bigint
    LANGUAGE sql
    IMMUTABLE
AS $$
    SELECT xid + 0
$$;

COMMENT ON FUNCTION ptflow.numbered IS 'The number of a transaction of this cluster, as events.txid has it.';
