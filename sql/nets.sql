-- The installed nets, one row a net.

CREATE TABLE IF NOT EXISTS ptflow.nets (
    net         text    COLLATE "C" NOT NULL,
    schema_name name    NOT NULL,
    version     integer NOT NULL,
    digest      bytea   NOT NULL,
    CONSTRAINT nets_pkey        PRIMARY KEY (net),
    CONSTRAINT nets_schema_name UNIQUE (schema_name),
    CONSTRAINT nets_version     CHECK (version >= 1),
    CONSTRAINT nets_digest      CHECK (octet_length(digest) = 32)
);

COMMENT ON TABLE  ptflow.nets             IS 'The installed nets.';
COMMENT ON COLUMN ptflow.nets.net         IS 'The net''s own name, as clients call it.';
COMMENT ON COLUMN ptflow.nets.schema_name IS 'The schema that holds it; the net''s name where that fits an identifier.';
COMMENT ON COLUMN ptflow.nets.version     IS 'The version in force; the first is 1.';
COMMENT ON COLUMN ptflow.nets.digest      IS 'sha-256 of the canonical form of the version in force.';
