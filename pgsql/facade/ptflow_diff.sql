-- The places of an instance whose tokens differ between two of its events, in the order of the net.

CREATE OR REPLACE FUNCTION ptflow_diff(
    net      text,
    id       text,
    from_seq bigint DEFAULT 0,
    to_seq   bigint DEFAULT NULL
)
    RETURNS TABLE (place text, before bigint, after bigint, change bigint)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    {{RETURN QUERY SELECT d.* FROM {net}.read_diff(id COLLATE "C", from_seq, to_seq) AS d; RETURN;}}

    PERFORM ptflow.refuse_net(net COLLATE "C");
END;
$$;
