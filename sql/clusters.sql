-- The clusters in which this database has been, one row each time that its transactions began to count anew: what is
-- added to the number of a transaction, so that the numbers in the logs never go back (events.txid). A database that
-- was never restored from a dump has one row, and adds 0.

CREATE TABLE IF NOT EXISTS ptflow.clusters (
    number            integer     NOT NULL,
    system_identifier bigint      NOT NULL,
    base              bigint      NOT NULL,
    since             timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT clusters_pkey PRIMARY KEY (number),
    CONSTRAINT clusters_base CHECK (base >= 0)
);

COMMENT ON TABLE  ptflow.clusters                   IS 'The clusters in which this database has been.';
COMMENT ON COLUMN ptflow.clusters.number            IS 'The last is the one where it is: ptflow.adopt().';
COMMENT ON COLUMN ptflow.clusters.system_identifier IS 'The cluster, as pg_control_system() has it.';
COMMENT ON COLUMN ptflow.clusters.base              IS 'What is added to the numbers of its transactions.';

INSERT INTO ptflow.clusters (number, system_identifier, base)
SELECT 1, c.system_identifier, 0
  FROM pg_control_system() AS c
 WHERE NOT EXISTS (SELECT FROM ptflow.clusters);
