-- The condition that a state is to meet, as a jsonpath over {place: tokens}: '$.paid >= 1 && $.stock < 3'. It is read
-- strictly, so that a place that the net does not have is neither yes nor no. Refuses what is no jsonpath.

CREATE OR REPLACE FUNCTION ptflow.goal(net text, goal text)
    RETURNS jsonpath
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF goal IS NULL THEN
        PERFORM ptflow.refuse_null('goal', 'a condition, such as $.paid >= 1');
    END IF;
    RETURN format('strict %s', regexp_replace(goal::jsonpath::text, '^strict ', ''))::jsonpath;
EXCEPTION
    WHEN syntax_error OR invalid_text_representation OR invalid_regular_expression THEN
        PERFORM ptflow.refuse_goal(net, goal, SQLERRM);
        RETURN NULL;
END;
$$;

COMMENT ON FUNCTION ptflow.goal IS 'The condition that a state is to meet.';
