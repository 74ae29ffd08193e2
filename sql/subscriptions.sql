-- Who reads the logs on and on: a group of consumers shares the instances. Each instance belongs to one of 64 slots, by
-- its id, and each slot to one consumer at a time, so that the events of an instance stay in order.

CREATE TABLE IF NOT EXISTS ptflow.subscriptions (
    subscription text        COLLATE "C" NOT NULL,
    nets         text[]      COLLATE "C" NOT NULL,
    actions      text[]      COLLATE "C",
    batch        bigint      NOT NULL,
    made_by      text        NOT NULL,
    made_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT subscriptions_pkey PRIMARY KEY (subscription)
);

COMMENT ON TABLE  ptflow.subscriptions         IS 'Who reads the logs on and on.';
COMMENT ON COLUMN ptflow.subscriptions.nets    IS 'The nets whose events it gets.';
COMMENT ON COLUMN ptflow.subscriptions.actions IS 'The actions whose events it gets; NULL: all, and beginnings.';
COMMENT ON COLUMN ptflow.subscriptions.batch   IS 'Counts the calls of ptflow_receive.';
COMMENT ON COLUMN ptflow.subscriptions.made_by IS 'The role of the database that made it.';

CREATE TABLE IF NOT EXISTS ptflow.consumers (
    subscription text        COLLATE "C" NOT NULL,
    consumer     text        COLLATE "C" NOT NULL,
    batch        bigint      NOT NULL,
    lease_until  timestamptz NOT NULL,
    CONSTRAINT consumers_pkey         PRIMARY KEY (subscription, consumer),
    CONSTRAINT consumers_subscription FOREIGN KEY (subscription) REFERENCES ptflow.subscriptions ON DELETE CASCADE
);

COMMENT ON TABLE  ptflow.consumers             IS 'The consumers of a subscription that hold a lease.';
COMMENT ON COLUMN ptflow.consumers.batch       IS 'What it was given last: only that can be acknowledged.';
COMMENT ON COLUMN ptflow.consumers.lease_until IS 'After this, what it has not acknowledged goes to others.';

CREATE TABLE IF NOT EXISTS ptflow.slots (
    subscription text    COLLATE "C" NOT NULL,
    slot         integer NOT NULL,
    consumer     text    COLLATE "C",
    txid         bigint  NOT NULL,
    net          text    COLLATE "C" NOT NULL,
    id           text    COLLATE "C" NOT NULL,
    seq          bigint  NOT NULL,
    CONSTRAINT slots_pkey         PRIMARY KEY (subscription, slot),
    CONSTRAINT slots_subscription FOREIGN KEY (subscription) REFERENCES ptflow.subscriptions ON DELETE CASCADE,
    CONSTRAINT slots_slot         CHECK (slot BETWEEN 1 AND 64)
)
WITH (fillfactor = 50);

COMMENT ON TABLE  ptflow.slots          IS 'How far the instances of each slot have been acknowledged.';
COMMENT ON COLUMN ptflow.slots.consumer IS 'Who has it now; NULL: nobody.';
COMMENT ON COLUMN ptflow.slots.txid     IS 'The last event that was acknowledged: by its transaction, net, id and seq.';
