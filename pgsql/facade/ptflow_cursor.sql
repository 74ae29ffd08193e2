-- The cursor of now: a feed after it gives what is still to come, and nothing that is there.

CREATE OR REPLACE FUNCTION ptflow_cursor()
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ptflow.cursor_text(ptflow.horizon(), '', '', -1);
END;
$$;
