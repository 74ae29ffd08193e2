-- The functions that clients call: each with its definition, in which a line stands for a branch for each net. The
-- facade is written from these by ptflow.refresh_facade.

CREATE TABLE IF NOT EXISTS ptflow.calls (
    name       name            NOT NULL,
    privileges text[] COLLATE "C" NOT NULL,
    definition text   COLLATE "C" NOT NULL,
    CONSTRAINT calls_pkey PRIMARY KEY (name)
);

COMMENT ON TABLE  ptflow.calls            IS 'The functions that clients call.';
COMMENT ON COLUMN ptflow.calls.name       IS 'The name of the function, in the schema of the facade.';
COMMENT ON COLUMN ptflow.calls.privileges IS 'Who has one of these on any net may call it.';
COMMENT ON COLUMN ptflow.calls.definition IS 'The statement that makes it, with {{a branch}} for each {net}.';
