-- A shortest sequence of actions that the caller may fire to a state for which a jsonpath holds; NULL: there is none.

CREATE OR REPLACE FUNCTION ptflow_plan(net text, id text, goal text, max_steps bigint DEFAULT 10)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN {net}.plan_firings(id COLLATE "C", goal, max_steps);}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
    RETURN NULL;
END;
$$;
