-- The roles of the nets: those that the net names, `default` for the transitions without one, and `*`, which may all.

CREATE TABLE IF NOT EXISTS ptflow.roles (
    net       text    COLLATE "C" NOT NULL,
    role      text    COLLATE "C" NOT NULL,
    creates   boolean NOT NULL,
    destroys  boolean NOT NULL,
    view_name name    NOT NULL,
    CONSTRAINT roles_pkey PRIMARY KEY (net, role),
    CONSTRAINT roles_net  FOREIGN KEY (net) REFERENCES ptflow.nets ON DELETE CASCADE
);

COMMENT ON TABLE  ptflow.roles           IS 'The roles of the nets.';
COMMENT ON COLUMN ptflow.roles.creates   IS 'May create instances; where no role of a net says so, each of its roles may.';
COMMENT ON COLUMN ptflow.roles.destroys  IS 'May destroy instances; kept from the file, nothing asks for it yet.';
COMMENT ON COLUMN ptflow.roles.view_name IS 'The view of the net''s schema that its members may select from: so PostgreSQL itself knows them.';
