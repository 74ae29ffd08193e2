-- A store in the manner of bitwrap: the state is one composite value, the transitions are a table of vectors, and a
-- trigger before the insertion of an event adds its vector. The domain refuses what falls below zero.

CREATE SCHEMA trig;

CREATE DOMAIN trig.token AS smallint CHECK (VALUE >= 0);

CREATE TYPE trig.state AS (
    p0 trig.token, p1 trig.token, p2 trig.token, p3 trig.token, p4 trig.token, p5 trig.token,
    p6 trig.token, p7 trig.token, p8 trig.token, p9 trig.token, p10 trig.token, p11 trig.token
);

CREATE TYPE trig.vector AS (
    p0 integer, p1 integer, p2 integer, p3 integer, p4 integer, p5 integer,
    p6 integer, p7 integer, p8 integer, p9 integer, p10 integer, p11 integer
);

CREATE TYPE trig.event AS (id varchar(32), oid varchar(255), rev integer);

CREATE TABLE trig.states (
    oid      varchar(256) PRIMARY KEY,
    rev      integer      DEFAULT 0,
    state    trig.state   DEFAULT ROW(30000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)::trig.state,
    created  timestamp    DEFAULT now(),
    modified timestamp    DEFAULT now()
);

CREATE TABLE trig.transitions (
    action varchar(255) PRIMARY KEY,
    vector trig.vector
);

INSERT INTO trig.transitions (action, vector) VALUES
    ('t0',  ROW(-1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)::trig.vector),
    ('t1',  ROW(0, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)::trig.vector),
    ('t2',  ROW(0, 0, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0)::trig.vector),
    ('t3',  ROW(0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0, 0)::trig.vector),
    ('t4',  ROW(0, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0)::trig.vector),
    ('t5',  ROW(0, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0)::trig.vector),
    ('t6',  ROW(0, 0, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0)::trig.vector),
    ('t7',  ROW(0, 0, 0, 0, 0, 0, 0, -1, 1, 0, 0, 0)::trig.vector),
    ('t8',  ROW(0, 0, 0, 0, 0, 0, 0, 0, -1, 1, 0, 0)::trig.vector),
    ('t9',  ROW(0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1, 0)::trig.vector),
    ('t10', ROW(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1)::trig.vector),
    ('t11', ROW(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1)::trig.vector);

CREATE TABLE trig.events (
    oid       varchar(255) REFERENCES trig.states (oid) ON DELETE CASCADE ON UPDATE CASCADE,
    seq       serial,
    action    varchar(255) NOT NULL,
    payload   jsonb        DEFAULT '{}',
    hash      varchar(32)  NOT NULL,
    timestamp timestamp,
    CONSTRAINT oid_seq_pkey PRIMARY KEY (oid, seq)
);

CREATE INDEX hash_idx ON trig.events (hash);

CREATE FUNCTION trig.vclock() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    delta    trig.vector;
    revision integer;
BEGIN
    SELECT (t.vector).* INTO STRICT delta FROM trig.transitions AS t WHERE t.action = NEW.action;

    UPDATE trig.states AS s
       SET state = ROW(
               (s.state).p0 + delta.p0, (s.state).p1 + delta.p1, (s.state).p2 + delta.p2, (s.state).p3 + delta.p3,
               (s.state).p4 + delta.p4, (s.state).p5 + delta.p5, (s.state).p6 + delta.p6, (s.state).p7 + delta.p7,
               (s.state).p8 + delta.p8, (s.state).p9 + delta.p9, (s.state).p10 + delta.p10, (s.state).p11 + delta.p11
           )::trig.state,
           rev = s.rev + 1,
           modified = now()
     WHERE s.oid = NEW.oid
    RETURNING s.rev INTO STRICT revision;

    NEW.seq := revision;
    NEW.hash := md5(row_to_json(NEW)::text);
    NEW.timestamp := now();
    RETURN NEW;
END
$$;

CREATE TRIGGER dispatch BEFORE INSERT ON trig.events FOR EACH ROW EXECUTE FUNCTION trig.vclock();

INSERT INTO trig.states (oid) SELECT 'instance-' || n FROM generate_series(1, 20000) AS n;

GRANT USAGE ON SCHEMA trig TO bench_client;
GRANT ALL ON ALL TABLES IN SCHEMA trig TO bench_client;
GRANT ALL ON ALL SEQUENCES IN SCHEMA trig TO bench_client;
