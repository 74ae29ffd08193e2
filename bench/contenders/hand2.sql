-- The same as hand12 where the table has only the two counts that the transition touches.

CREATE SCHEMA hand2;

CREATE TABLE hand2.states (
    id  text   COLLATE "C" PRIMARY KEY,
    seq bigint NOT NULL DEFAULT 0,
    p0  bigint NOT NULL DEFAULT 1000000000 CHECK (p0 >= 0),
    p1  bigint NOT NULL DEFAULT 0 CHECK (p1 >= 0)
)
WITH (fillfactor = 80);

CREATE TABLE hand2.events (
    id      text        COLLATE "C" NOT NULL,
    seq     bigint      NOT NULL,
    action  text        NOT NULL,
    payload jsonb       NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (id, seq)
);

INSERT INTO hand2.states (id) SELECT 'instance-' || n FROM generate_series(1, 20000) AS n;

GRANT USAGE ON SCHEMA hand2 TO bench_client;
GRANT SELECT, UPDATE ON hand2.states TO bench_client;
GRANT SELECT, INSERT ON hand2.events TO bench_client;
