-- What a condition says against firing a transition `times` in a row: the tokens that the place holds, and the limit.
-- No row when it lets all firings through.
--
--   relation      the tokens must be at least, below, or at most the limit
--   limit         in tokens before one firing
--   drift         by how many tokens one firing brings the place nearer to the limit
--   after_reset   the tokens after each firing, where the transition resets the place
--
-- Firings in a row change a place by the same amount each time, so the drift makes the last one the hardest, or is
-- zero. Numeric, so that nothing overflows. In SQL, so that PostgreSQL puts it into the query that asks.

CREATE OR REPLACE FUNCTION ptflow.obstacle(
    relation    text,
    "limit"     bigint,
    drift       bigint,
    after_reset bigint,
    tokens      bigint,
    times       bigint
)
    RETURNS TABLE (held bigint, need numeric)
    LANGUAGE sql
    ROWS 1
    IMMUTABLE
AS $$
    SELECT m.held, m.need
      FROM (VALUES (1, tokens, "limit"::numeric - drift::numeric * (times::numeric - 1)),
                   (2, CASE WHEN times > 1 THEN after_reset END, "limit"::numeric)) AS m (number, held, need)
     WHERE CASE relation WHEN '>=' THEN m.held < m.need
                         WHEN '<'  THEN m.held >= m.need
                         ELSE           m.held > m.need END
     ORDER BY m.number
     LIMIT 1
$$;

COMMENT ON FUNCTION ptflow.obstacle IS 'What a condition says against firing a transition.';
