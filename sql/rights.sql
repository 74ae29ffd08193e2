-- What can be granted on each net, and the type of the net's schema that stands for it: who has USAGE on the type has
-- the right. The grants themselves are PostgreSQL's own privileges, and stand nowhere else: see the view ptflow.grants.
--
--   privilege   role            who has it may
--   ---------   -------------   ----------------------------------------------------------------------
--   fire        a net's role    fire the transitions of that role; of `*`, all; of `default`, those without a role
--   read        ''              call the reading functions of the net
--   gateway     ''              name the roles that it acts for, in the setting ptflow.roles

CREATE TABLE IF NOT EXISTS ptflow.rights (
    net       text COLLATE "C" NOT NULL,
    privilege text COLLATE "C" NOT NULL,
    role      text COLLATE "C" NOT NULL,
    type_name name             NOT NULL,
    CONSTRAINT rights_pkey      PRIMARY KEY (net, privilege, role),
    CONSTRAINT rights_net       FOREIGN KEY (net) REFERENCES ptflow.nets ON DELETE CASCADE,
    CONSTRAINT rights_privilege CHECK (privilege IN ('fire', 'read', 'gateway')),
    CONSTRAINT rights_role      CHECK ((privilege = 'fire') = (role <> ''))
);

COMMENT ON TABLE  ptflow.rights           IS 'What can be granted on each net.';
COMMENT ON COLUMN ptflow.rights.net       IS 'The net.';
COMMENT ON COLUMN ptflow.rights.privilege IS 'fire, read or gateway.';
COMMENT ON COLUMN ptflow.rights.role      IS 'The role of the net, for fire; empty otherwise.';
COMMENT ON COLUMN ptflow.rights.type_name IS 'The type of the net''s schema that stands for it.';
