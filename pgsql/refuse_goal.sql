-- Refuses a goal that is no condition on the state of a net.

CREATE OR REPLACE FUNCTION ptflow.refuse_goal(net text, goal text, problem text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM ptflow.refuse(
        'PT400',
        format('the goal %s says nothing of a state of the net %s: %s', left(goal, 200), net, problem),
        jsonb_build_object('argument', 'goal', 'value', left(goal, 200), 'net', net),
        'Give a jsonpath over {place: tokens} that is true or false: $.paid >= 1 && $."to pay" == 0.');
END;
$$;

COMMENT ON FUNCTION ptflow.refuse_goal IS 'Refuses a goal that is no condition on the state of a net.';
