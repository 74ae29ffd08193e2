-- What stood in each schema when an installation had last made all of it, or had found all of it to be right. It spares
-- looking closely where nothing was touched; where something differs, it says nothing. ptflow doctor does not ask it.

CREATE TABLE IF NOT EXISTS ptflow.fingerprints (
    schema_name name  NOT NULL,
    written     bytea NOT NULL,
    found       bytea NOT NULL,
    CONSTRAINT fingerprints_pkey PRIMARY KEY (schema_name)
);

COMMENT ON TABLE  ptflow.fingerprints             IS 'What stood in each schema when it was last known to be right.';
COMMENT ON COLUMN ptflow.fingerprints.schema_name IS 'The schema of a net; ptflow also stands for the facade.';
COMMENT ON COLUMN ptflow.fingerprints.written     IS 'sha-256 of the SQL that makes it, and of the engine''s.';
COMMENT ON COLUMN ptflow.fingerprints.found       IS 'sha-256 of its rows in PostgreSQL''s catalogue, and of its own.';
