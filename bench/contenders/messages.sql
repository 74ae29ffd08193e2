-- A store in the manner of message-db: one table of messages, whose streams are called CATEGORY-ID; a message takes the
-- next position of its stream, which the writer may expect; an advisory lock lets one writer at a time into a category.

CREATE SCHEMA msg;

CREATE FUNCTION msg.category(stream text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT split_part(stream, '-', 1) $$;

CREATE TABLE msg.messages (
    global_position bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              uuid        NOT NULL DEFAULT gen_random_uuid(),
    stream          text        NOT NULL,
    position        bigint      NOT NULL,
    type            text        NOT NULL,
    data            jsonb,
    metadata        jsonb,
    time            timestamp   NOT NULL DEFAULT (now() AT TIME ZONE 'utc')
);

CREATE UNIQUE INDEX messages_id ON msg.messages (id);
CREATE UNIQUE INDEX messages_stream ON msg.messages (stream, position);
CREATE INDEX messages_category ON msg.messages (msg.category(stream), global_position);

-- Answers the position of the new message; `expected` is the position of the last one, NULL for any.
CREATE FUNCTION msg.write(stream text, type text, data jsonb, metadata jsonb DEFAULT NULL, expected bigint DEFAULT NULL)
    RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    last bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(msg.category(stream), 0));

    SELECT coalesce(max(m.position), -1) INTO last FROM msg.messages AS m WHERE m.stream = stream;
    IF expected <> last THEN
        RAISE EXCEPTION 'the stream % is at %, not at %', stream, last, expected;
    END IF;

    INSERT INTO msg.messages (stream, position, type, data, metadata) VALUES (stream, last + 1, type, data, metadata);
    RETURN last + 1;
END
$$;

GRANT USAGE ON SCHEMA msg TO bench_client;
GRANT SELECT, INSERT ON msg.messages TO bench_client;
