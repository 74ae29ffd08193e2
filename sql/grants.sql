-- Who may do what with which net. The owner of the net writes here, by ptflow.grant_* and ptflow.revoke_*.
--
--   privilege   role            the member may
--   ---------   -------------   ----------------------------------------------------------------------
--   fire        a net's role    fire the transitions of that role; of `*`, all; of `default`, those without a role
--   read        ''              call the reading functions of the net
--   gateway     ''              name the roles that it acts for, in the setting ptflow.roles

CREATE TABLE IF NOT EXISTS ptflow.grants (
    net        text        COLLATE "C" NOT NULL,
    privilege  text        COLLATE "C" NOT NULL,
    role       text        COLLATE "C" NOT NULL,
    member     regrole     NOT NULL,
    granted_by name        NOT NULL DEFAULT current_user,
    granted_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT grants_pkey      PRIMARY KEY (net, privilege, role, member),
    CONSTRAINT grants_net       FOREIGN KEY (net) REFERENCES ptflow.nets ON DELETE CASCADE,
    CONSTRAINT grants_privilege CHECK (privilege IN ('fire', 'read', 'gateway')),
    CONSTRAINT grants_role      CHECK ((privilege = 'fire') = (role <> ''))
);

COMMENT ON TABLE  ptflow.grants        IS 'Who may do what with which net.';
COMMENT ON COLUMN ptflow.grants.member IS 'A role of the database; by identity, so that a new role of an old name inherits nothing.';
