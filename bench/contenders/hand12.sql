-- What an expert would write by hand for one fixed transition of the ring: no hash, no roles, no answer in JSON.

CREATE SCHEMA hand12;

CREATE TABLE hand12.states (
    id  text   COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL DEFAULT 0,
    p0  bigint NOT NULL DEFAULT 1000000000 CHECK (p0 >= 0),
    p1  bigint NOT NULL DEFAULT 0 CHECK (p1 >= 0),
    p2  bigint NOT NULL DEFAULT 0 CHECK (p2 >= 0),
    p3  bigint NOT NULL DEFAULT 0 CHECK (p3 >= 0),
    p4  bigint NOT NULL DEFAULT 0 CHECK (p4 >= 0),
    p5  bigint NOT NULL DEFAULT 0 CHECK (p5 >= 0),
    p6  bigint NOT NULL DEFAULT 0 CHECK (p6 >= 0),
    p7  bigint NOT NULL DEFAULT 0 CHECK (p7 >= 0),
    p8  bigint NOT NULL DEFAULT 0 CHECK (p8 >= 0),
    p9  bigint NOT NULL DEFAULT 0 CHECK (p9 >= 0),
    p10 bigint NOT NULL DEFAULT 0 CHECK (p10 >= 0),
    p11 bigint NOT NULL DEFAULT 0 CHECK (p11 >= 0)
)
WITH (fillfactor = 80);

CREATE TABLE hand12.events (
    id      text        COLLATE "C" NOT NULL,
    seq     bigint      NOT NULL,
    action  text        NOT NULL,
    payload jsonb       NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (id, seq)
);

INSERT INTO hand12.states (id) SELECT 'instance-' || n FROM generate_series(1, 20000) AS n;

GRANT USAGE ON SCHEMA hand12 TO bench_client;
GRANT SELECT, UPDATE ON hand12.states TO bench_client;
GRANT SELECT, INSERT ON hand12.events TO bench_client;
