-- One row a commit, and nothing else: what a commit costs on this machine.

CREATE SCHEMA bare;

CREATE TABLE bare.events (
    position bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payload  jsonb       NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT USAGE ON SCHEMA bare TO bench_client;
GRANT INSERT ON bare.events TO bench_client;
