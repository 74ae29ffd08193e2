-- All that the schemas of the nets hold, as it was made: what is dropped with a net, and who may call what of it.

CREATE TABLE IF NOT EXISTS ptflow.objects (
    net       text    COLLATE "C" NOT NULL,
    number    integer             NOT NULL,
    kind      text    COLLATE "C" NOT NULL,
    name      name                NOT NULL,
    arguments text    COLLATE "C" NOT NULL,
    callers   text[]  COLLATE "C",
    CONSTRAINT objects_pkey PRIMARY KEY (net, number),
    CONSTRAINT objects_net  FOREIGN KEY (net) REFERENCES ptflow.nets ON DELETE CASCADE,
    CONSTRAINT objects_kind CHECK (kind IN ('DOMAIN', 'TABLE', 'VIEW', 'FUNCTION'))
);

COMMENT ON TABLE  ptflow.objects           IS 'All that the schemas of the nets hold.';
COMMENT ON COLUMN ptflow.objects.net       IS 'The net.';
COMMENT ON COLUMN ptflow.objects.number    IS 'The order in which they were made; they are dropped in the other.';
COMMENT ON COLUMN ptflow.objects.kind      IS 'What it is, as DROP names it.';
COMMENT ON COLUMN ptflow.objects.name      IS 'Its name in the net''s schema.';
COMMENT ON COLUMN ptflow.objects.arguments IS 'The types of a function''s arguments; empty for all else.';
COMMENT ON COLUMN ptflow.objects.callers   IS 'The roles of the net that may call it; NULL: only the owner.';
