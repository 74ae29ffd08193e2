-- Writes ptflow.numbered anew, with what ptflow.clusters says is added: no dispatch looks that up.

CREATE OR REPLACE FUNCTION ptflow.refresh_numbered()
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    base CONSTANT bigint := (SELECT c.base FROM ptflow.clusters AS c ORDER BY c.number DESC LIMIT 1);
BEGIN
    EXECUTE format(
        E'CREATE OR REPLACE FUNCTION ptflow.numbered(xid bigint)\n'
        '    RETURNS bigint\n'
        '    LANGUAGE sql\n'
        '    IMMUTABLE\n'
        'AS $$\n'
        '    SELECT xid + %s\n'
        '$$', coalesce(base, 0));
END;
$function$;

COMMENT ON FUNCTION ptflow.refresh_numbered IS 'Writes ptflow.numbered anew, with what ptflow.clusters says is added.';
