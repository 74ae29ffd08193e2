-- Raises every refusal: a message for people, a detail in JSON for programs, a hint with the next step.
--
--   PT400  a malformed argument                                  PT409  not enabled
--   PT403  the caller holds no role of the transition            PT412  expected is not the instance's seq
--   PT404  unknown net, action or instance                       PT422  the same key came with another body
--
-- The codes are PT and an HTTP status on purpose: PostgREST answers with that status. In a bulk call, which says in
-- ptflow.index at which of its events it is, the refusal names that event.

CREATE OR REPLACE FUNCTION ptflow.refuse(code text, message text, detail jsonb, hint text)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    index CONSTANT text := current_setting('ptflow.index', true);
BEGIN
    IF index ~ '^[0-9]{1,18}$' THEN
        message := format('event %s: %s', index, message);
        detail := detail || jsonb_build_object('index', index::bigint);
    END IF;
    message := ptflow.one_line(message);
    hint := ptflow.one_line(hint);
    RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message, DETAIL = detail::text, HINT = hint;
END;
$$;

COMMENT ON FUNCTION ptflow.refuse IS 'Raises every refusal.';
