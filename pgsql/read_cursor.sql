-- The position that a client kept; NULL is the beginning. Refuses what is no cursor, or not one of this database.

CREATE OR REPLACE FUNCTION ptflow.read_cursor(argument text, cursor text, horizon bigint)
    RETURNS ptflow.position
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parts CONSTANT text[] := regexp_match(cursor, '^([0-9]{1,18})[.](-1|[0-9]{1,18})[.]([0-9]{1,9})[.](.*)$');
    place          ptflow.position;
BEGIN
    IF cursor IS NULL THEN
        RETURN ROW(0::bigint, '', '', -1::bigint)::ptflow.position;
    END IF;

    place := ROW(parts[1]::bigint, left(parts[4], parts[3]::integer), substr(parts[4], parts[3]::integer + 1),
                 parts[2]::bigint)::ptflow.position;
    IF parts IS NULL OR length(parts[4]) < parts[3]::bigint THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument %s is no cursor', argument),
            jsonb_build_object('argument', argument, 'value', left(cursor, 200)),
            'Give a cursor as it was given to you, or leave it out to begin at the beginning.');
    ELSIF place.txid > horizon THEN
        PERFORM ptflow.refuse(
            'PT400',
            format('the argument %s is a cursor ahead of this database', argument),
            jsonb_build_object('argument', argument, 'value', left(cursor, 200), 'txid', place.txid,
                               'horizon', horizon),
            'It is of another database, or of what was lost since. Begin at a cursor of this one.');
    END IF;
    RETURN place;
END;
$$;

COMMENT ON FUNCTION ptflow.read_cursor IS 'The position that a client kept.';
