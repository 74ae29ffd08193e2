-- Every version of every net that was ever in force here, with the file it was compiled from.

CREATE TABLE IF NOT EXISTS ptflow.net_versions (
    net            text        COLLATE "C" NOT NULL,
    version        integer     NOT NULL,
    digest         bytea       NOT NULL,
    encoding       integer     NOT NULL,
    canonical_form text        NOT NULL,
    file           text        NOT NULL,
    format         text        NOT NULL,
    source         text        NOT NULL,
    installed_by   name        NOT NULL DEFAULT current_user,
    installed_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT net_versions_pkey   PRIMARY KEY (net, version),
    CONSTRAINT net_versions_net    FOREIGN KEY (net) REFERENCES ptflow.nets ON DELETE CASCADE,
    CONSTRAINT net_versions_digest CHECK (digest = sha256(convert_to(canonical_form, 'UTF8')))
);

COMMENT ON TABLE  ptflow.net_versions                IS 'The versions of the nets, with their sources.';
COMMENT ON COLUMN ptflow.net_versions.encoding       IS 'Which encoding its events are hashed in: docs/hash-chain.md.';
COMMENT ON COLUMN ptflow.net_versions.canonical_form IS 'The net''s meaning as sorted lines, of which the digest is.';
COMMENT ON COLUMN ptflow.net_versions.file           IS 'The name of the file, without its folder.';
COMMENT ON COLUMN ptflow.net_versions.source         IS 'The text of the file.';
