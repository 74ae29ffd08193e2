-- The firing rule: which conditions of one place keep a transition from firing `multiple` times in a row.
--
-- Only asked once a firing has failed, and to say what is enabled; a firing itself decides in its UPDATE. Firings in a
-- row change a place by the same amount each time, so the first or the last is the hardest. A place that is reset holds
-- the same after every firing, so there the second is like all that follow. Numeric, so that nothing overflows.
--
-- PL/pgSQL, since a function in SQL that pins its search_path is planned anew by every query that calls it.

CREATE OR REPLACE FUNCTION ptflow.obstacles(
    tokens    bigint,
    input     bigint,
    output    bigint,
    reads     bigint,
    inhibitor bigint,
    resets    boolean,
    capacity  bigint,
    multiple  bigint
)
    RETURNS TABLE (rank integer, condition text, held bigint, need numeric)
    LANGUAGE plpgsql
    ROWS 2
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    RETURN QUERY
        WITH moment AS (
            -- the tokens before the first firing, and where a reset makes it another, before all that follow
            SELECT m.number,
                   m.held,
                   CASE WHEN resets THEN 0 ELSE output - input END::numeric AS change,
                   CASE WHEN resets THEN 1 ELSE multiple       END::numeric AS times
              FROM (VALUES (1, tokens), (2, output)) AS m (number, held)
             WHERE m.number = 1 OR resets AND multiple > 1
        ),
        condition AS (
            SELECT m.number, c.rank, c.name, c.need, m.held
              FROM moment AS m
             CROSS JOIN LATERAL (VALUES
                   (1, 'input',     input + greatest(-m.change, 0) * (m.times - 1)),
                   (2, 'read',      reads + greatest(-m.change, 0) * (m.times - 1)),
                   (3, 'inhibitor', inhibitor - greatest(m.change, 0) * (m.times - 1)),
                   (4, CASE WHEN capacity IS NULL THEN 'overflow' ELSE 'capacity' END,
                       coalesce(capacity, 9223372036854775807)::numeric
                       - CASE WHEN resets THEN output ELSE m.change * m.times END)
                   ) AS c (rank, name, need)
             WHERE CASE c.name
                       WHEN 'input'     THEN input > 0 AND m.held < c.need
                       WHEN 'read'      THEN m.held < c.need
                       WHEN 'inhibitor' THEN m.held >= c.need
                       ELSE output > 0 AND CASE WHEN resets THEN c.need < 0 ELSE m.change > 0 AND m.held > c.need END
                   END
        )
        SELECT c.rank, c.name, c.held, c.need
          FROM condition AS c
         WHERE c.number = (SELECT min(first.number) FROM condition AS first)
         ORDER BY c.rank;
END;
$$;

COMMENT ON FUNCTION ptflow.obstacles IS 'The firing rule: which conditions of one place keep a transition from firing.';
