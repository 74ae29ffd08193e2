-- Numbers the events of all nets. A number is taken before its transaction commits, so it is not a cursor by itself:
-- readers go by (txid, position).

CREATE SEQUENCE IF NOT EXISTS ptflow.position;

COMMENT ON SEQUENCE ptflow.position IS 'Numbers the events of all nets; not a cursor by itself.';
