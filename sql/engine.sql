-- One row: which engine this is, and in which schema its facade stands.

CREATE TABLE IF NOT EXISTS ptflow.engine (
    one          boolean     NOT NULL DEFAULT true,
    version      integer     NOT NULL,
    digest       bytea       NOT NULL,
    facade       name        NOT NULL,
    installed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT engine_pkey    PRIMARY KEY (one),
    CONSTRAINT engine_one_row CHECK (one)
);

COMMENT ON TABLE  ptflow.engine         IS 'One row: the engine of this database.';
COMMENT ON COLUMN ptflow.engine.version IS 'Counts the changes of the engine''s tables and functions.';
COMMENT ON COLUMN ptflow.engine.digest  IS 'sha-256 of the engine''s SQL.';
COMMENT ON COLUMN ptflow.engine.facade  IS 'The schema that holds the functions ptflow_* which clients call.';
