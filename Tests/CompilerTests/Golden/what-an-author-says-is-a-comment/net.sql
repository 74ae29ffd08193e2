-- The net what-an-author-says-is-a-comment, compiled by ptflow from net.ptflow.yaml. Do not edit: change the net.
--
--   place   initial   capacity
--   -----   -------   --------
--   here    1         none
--   there   0         none
--
--   transition   by        what it does
--   ----------   --        ------------
--   go           default   here -> there

CREATE SCHEMA "what-an-author-says-is-a-comment";

COMMENT ON SCHEMA "what-an-author-says-is-a-comment" IS 'ptflow net: 2 places, 1 transition. It''s a net of two lines.';


-- Markings ---------------------------------------------------------------------------------------------------
--
-- How many tokens each place holds, in the order of places.number. No other marking can be stored.

CREATE DOMAIN "what-an-author-says-is-a-comment".marking AS integer[]
    CONSTRAINT not_negative CHECK ((0 <= ALL (VALUE)) IS TRUE)
    CONSTRAINT count_of_places CHECK (cardinality(VALUE) = 2)
    CONSTRAINT at_most_1 CHECK (1 >= ALL (VALUE))
    CONSTRAINT law_1 CHECK (VALUE[1] + VALUE[2] = 1);

COMMENT ON DOMAIN "what-an-author-says-is-a-comment".marking
    IS 'How many tokens each place holds, in the order of places.number.';
COMMENT ON CONSTRAINT not_negative ON DOMAIN "what-an-author-says-is-a-comment".marking
    IS 'No place holds fewer than 0 tokens.';
COMMENT ON CONSTRAINT count_of_places ON DOMAIN "what-an-author-says-is-a-comment".marking IS 'One number a place.';
COMMENT ON CONSTRAINT at_most_1 ON DOMAIN "what-an-author-says-is-a-comment".marking
    IS 'No place holds more than 1 tokens.';
COMMENT ON CONSTRAINT law_1 ON DOMAIN "what-an-author-says-is-a-comment".marking IS 'here + there = 1';


-- Rights -----------------------------------------------------------------------------------------------------
--
-- A type for each role of the net, and for reading and acting for others. No value has one of these types: who has
-- USAGE on it has the right, so PostgreSQL itself knows who does. `ptflow grant` gives it, `ptflow revoke` takes it.

CREATE DOMAIN "what-an-author-says-is-a-comment".role_default AS boolean;
REVOKE ALL ON DOMAIN "what-an-author-says-is-a-comment".role_default FROM PUBLIC, current_user;
COMMENT ON DOMAIN "what-an-author-says-is-a-comment".role_default IS 'Who has USAGE on this type may fire as default.';

CREATE DOMAIN "what-an-author-says-is-a-comment"."role_*" AS boolean;
REVOKE ALL ON DOMAIN "what-an-author-says-is-a-comment"."role_*" FROM PUBLIC, current_user;
COMMENT ON DOMAIN "what-an-author-says-is-a-comment"."role_*"
    IS 'Who has USAGE on this type may fire every transition.';

CREATE DOMAIN "what-an-author-says-is-a-comment".reader AS boolean;
REVOKE ALL ON DOMAIN "what-an-author-says-is-a-comment".reader FROM PUBLIC, current_user;
COMMENT ON DOMAIN "what-an-author-says-is-a-comment".reader
    IS 'Who has USAGE on this type may call the reading functions.';

CREATE DOMAIN "what-an-author-says-is-a-comment".gateway AS boolean;
REVOKE ALL ON DOMAIN "what-an-author-says-is-a-comment".gateway FROM PUBLIC, current_user;
COMMENT ON DOMAIN "what-an-author-says-is-a-comment".gateway
    IS 'Who has USAGE on this type may name the roles that it acts for.';


-- The net as data --------------------------------------------------------------------------------------------
--
-- By version: what a version says stays true of its events for ever.

CREATE TABLE "what-an-author-says-is-a-comment".places (
    version      integer NOT NULL,
    place        text COLLATE "C" NOT NULL,
    number       integer NOT NULL,
    column_name  name NOT NULL,
    initial      bigint NOT NULL,
    capacity     bigint,
    x            double precision,
    y            double precision,
    CONSTRAINT places_pkey PRIMARY KEY (version, place),
    CONSTRAINT places_number UNIQUE (version, number),
    CONSTRAINT places_column UNIQUE (version, column_name)
);

COMMENT ON TABLE "what-an-author-says-is-a-comment".places
    IS 'The places; a marking counts their tokens in the order of number.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".places.version IS 'The version of the net.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".places.place IS 'Its own name.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".places.number IS 'Its place in a marking, from 1.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".places.column_name
    IS 'Its column in the views states and history.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".places.initial IS 'The tokens with which an instance begins.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".places.capacity
    IS 'The most tokens that it may hold; NULL for no limit.';

CREATE TABLE "what-an-author-says-is-a-comment".transitions (
    version        integer NOT NULL,
    action         text COLLATE "C" NOT NULL,
    number         integer NOT NULL,
    function_name  name NOT NULL,
    roles          text[] COLLATE "C" NOT NULL,
    x              double precision,
    y              double precision,
    payload        jsonb,
    guard          text,
    CONSTRAINT transitions_pkey PRIMARY KEY (version, action),
    CONSTRAINT transitions_number UNIQUE (version, number),
    CONSTRAINT transitions_function UNIQUE (version, function_name)
);

COMMENT ON TABLE "what-an-author-says-is-a-comment".transitions IS 'The transitions; to fire one is an action.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.version IS 'The version of the net.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.action IS 'The transition.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.number IS 'Its place in the net, from 1.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.function_name
    IS 'The function that fires it and nothing else.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.roles IS 'Who holds one of these, or *, may fire it.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.payload
    IS 'What its payload has to be: a JSON Schema; NULL for anything.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".transitions.guard
    IS 'What has to be true besides, in CEL; NULL for nothing.';

CREATE TABLE "what-an-author-says-is-a-comment".arcs (
    version  integer NOT NULL,
    action   text COLLATE "C" NOT NULL,
    place    text COLLATE "C" NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    weight   bigint NOT NULL,
    CONSTRAINT arcs_pkey PRIMARY KEY (version, action, place, kind),
    CONSTRAINT arcs_action FOREIGN KEY (version, action) REFERENCES "what-an-author-says-is-a-comment".transitions,
    CONSTRAINT arcs_place FOREIGN KEY (version, place) REFERENCES "what-an-author-says-is-a-comment".places,
    CONSTRAINT arcs_kind CHECK (kind IN ('input', 'read', 'inhibitor', 'reset', 'output')),
    CONSTRAINT arcs_weight CHECK (weight >= 1)
);

COMMENT ON TABLE "what-an-author-says-is-a-comment".arcs
    IS 'What each transition takes, reads, must not find, empties and puts.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".arcs.version IS 'The version of the net.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".arcs.action IS 'The transition.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".arcs.weight
    IS 'How many tokens; 1 for a reset, where it has no meaning.';

CREATE TABLE "what-an-author-says-is-a-comment".conditions (
    version      integer NOT NULL,
    action       text COLLATE "C" NOT NULL,
    number       integer NOT NULL,
    rank         integer NOT NULL,
    condition    text COLLATE "C" NOT NULL,
    relation     text COLLATE "C" NOT NULL,
    need         bigint NOT NULL,
    drift        bigint NOT NULL,
    after_reset  bigint,
    CONSTRAINT conditions_pkey PRIMARY KEY (version, action, number, condition),
    CONSTRAINT conditions_action FOREIGN KEY (version, action) REFERENCES "what-an-author-says-is-a-comment".transitions
);

COMMENT ON TABLE "what-an-author-says-is-a-comment".conditions
    IS 'What each transition demands of the places that it touches, before it fires.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.version IS 'The version of the net.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.action IS 'The transition.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.number IS 'The place, by places.number.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.rank
    IS 'In which order the conditions of the transition are told.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.condition IS 'What demands it.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.relation
    IS 'How the tokens are compared with the need.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.need IS 'The limit, in tokens before one firing.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.drift
    IS 'By how many tokens a firing brings the place nearer to the limit.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".conditions.after_reset
    IS 'The tokens after each firing, where the transition resets the place.';

CREATE TABLE "what-an-author-says-is-a-comment".delta (
    version  integer NOT NULL,
    action   text COLLATE "C" NOT NULL,
    vector   bigint[] NOT NULL,
    resets   integer[] NOT NULL,
    CONSTRAINT delta_pkey PRIMARY KEY (version, action),
    CONSTRAINT delta_action FOREIGN KEY (version, action) REFERENCES "what-an-author-says-is-a-comment".transitions
);

COMMENT ON TABLE "what-an-author-says-is-a-comment".delta
    IS 'What one firing adds to the marking: a vector in the order of places.number.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".delta.version IS 'The version of the net.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".delta.action IS 'The transition.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".delta.vector
    IS 'What one firing adds; to a place that it resets, what it leaves.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".delta.resets IS 'The places that it resets, by places.number.';

DO $$
DECLARE
    version   CONSTANT integer  := ptflow.next_version('what-an-author-says-is-a-comment');
    no_change CONSTANT bigint[] := array_fill(0::bigint, ARRAY[2]);
    vector             bigint[];
    change             record;
BEGIN
    INSERT INTO "what-an-author-says-is-a-comment".places VALUES
        (version, 'here',  1, 'here',  1, NULL, NULL, NULL),
        (version, 'there', 2, 'there', 0, NULL, NULL, NULL);

    INSERT INTO "what-an-author-says-is-a-comment".transitions VALUES
        (version, 'go', 1, 'go', ARRAY['default'], NULL, NULL, NULL, NULL);

    INSERT INTO "what-an-author-says-is-a-comment".arcs VALUES
        (version, 'go', 'here',  'input',  1),
        (version, 'go', 'there', 'output', 1);

    INSERT INTO "what-an-author-says-is-a-comment".conditions VALUES
        (version, 'go', 1, 1, 'input',    '>=', 1,                   -1, NULL),
        (version, 'go', 2, 2, 'overflow', '<=', 9223372036854775806, 1,  NULL);

    FOR change IN
        SELECT c.action, c.numbers::integer[], c.tokens::bigint[], c.resets::integer[]
          FROM (VALUES
               -- transition, the places that it changes, by how many tokens or to how many, those that it resets
               ('go', '{1,2}', '{-1,1}', '{}')
               ) AS c (action, numbers, tokens, resets)
    LOOP
        vector := no_change;
        FOR i IN 1 .. cardinality(change.numbers) LOOP
            vector[change.numbers[i]] := change.tokens[i];
        END LOOP;
        INSERT INTO "what-an-author-says-is-a-comment".delta VALUES (version, change.action, vector, change.resets);
    END LOOP;
END;
$$;


-- Instances and their events ---------------------------------------------------------------------------------
--
-- The state of an instance is its last event. A row is written once and never changed.

CREATE TABLE "what-an-author-says-is-a-comment".events (
    seq      bigint GENERATED ALWAYS AS IDENTITY (MINVALUE -1 MAXVALUE 0)  NOT NULL,
    txid     bigint                                                        NOT NULL,
    at       timestamptz                                                   NOT NULL,
    version  integer                                                       NOT NULL,
    id       text COLLATE "C"                                              NOT NULL,
    action   text COLLATE "C"                                              NOT NULL,
    actor    text COLLATE "C"                                              NOT NULL,
    role     text COLLATE "C"                                              NOT NULL,
    marking  "what-an-author-says-is-a-comment".marking                    NOT NULL,
    payload  jsonb                                                         NOT NULL,
    hash     bytea                                                         NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (id, seq)
);

-- Feeds read by transaction. Who inserts pays next to nothing for it: events of one time lie together.
CREATE INDEX events_txid ON "what-an-author-says-is-a-comment".events
    USING brin (txid) WITH (pages_per_range = 32, autosummarize = on);

COMMENT ON TABLE "what-an-author-says-is-a-comment".events
    IS 'The log: one row an event. The last event of an instance is its state.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.seq
    IS 'Which event of its instance it is. 0 is the beginning.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.txid
    IS 'The transaction that wrote it, or the event before it where that is later. Feeds go by it.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.at IS 'When it happened: never before the event before it.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.version IS 'The version of the net that the instance runs.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.id IS 'The instance.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.action
    IS 'The transition that fired; empty for the beginning.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.actor IS 'The role of the database that fired it.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.role IS 'The role of the net under which it was fired.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.marking
    IS 'The tokens after the event, in the order of places.number.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.payload IS 'What the caller sent along.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".events.hash
    IS 'sha-256 over the hash before it and what this row says: docs/hash-chain.md.';

CREATE TABLE "what-an-author-says-is-a-comment".details (
    seq       bigint GENERATED ALWAYS AS IDENTITY (MINVALUE -1 MAXVALUE 0)  NOT NULL,
    multiple  bigint                                                        NOT NULL,
    id        text COLLATE "C"                                              NOT NULL,
    key       text COLLATE "C"                                              ,
    CONSTRAINT details_pkey     PRIMARY KEY (id, seq),
    CONSTRAINT details_key      UNIQUE (id, key),
    CONSTRAINT details_multiple CHECK (multiple >= 1)
);

COMMENT ON TABLE "what-an-author-says-is-a-comment".details
    IS 'What only some events have: a key, or more than one firing.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".details.seq IS 'The event.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".details.multiple IS 'How many firings in a row it is.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".details.id IS 'The instance.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".details.key
    IS 'The caller''s own name for it. A retry gets the first answer again.';

CREATE TABLE "what-an-author-says-is-a-comment".redactions (
    seq          bigint      GENERATED ALWAYS AS IDENTITY (MINVALUE -1 MAXVALUE 0),
    id           text        COLLATE "C" NOT NULL,
    payload_hash bytea,
    key_hash     bytea,
    redacted_by  text        COLLATE "C" NOT NULL,
    redacted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT redactions_pkey    PRIMARY KEY (id, seq),
    CONSTRAINT redactions_payload CHECK (octet_length(payload_hash) = 32),
    CONSTRAINT redactions_key     CHECK (octet_length(key_hash) = 32),
    CONSTRAINT redactions_some    CHECK (coalesce(payload_hash, key_hash) IS NOT NULL)
);

COMMENT ON TABLE  "what-an-author-says-is-a-comment".redactions
    IS 'What was taken out of events: its hashes stay, so that the chain does.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".redactions.seq          IS 'The event.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".redactions.id           IS 'The instance.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".redactions.payload_hash
    IS 'sha-256 of the payload that was there; it is null now.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".redactions.key_hash     IS 'sha-256 of the key that was there.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".redactions.redacted_by
    IS 'The role of the database that took it out last.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".redactions.redacted_at  IS 'When.';

CREATE TABLE "what-an-author-says-is-a-comment".instances (
    id  text   COLLATE "C" NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY (MINVALUE -1 MAXVALUE 0),
    CONSTRAINT instances_pkey PRIMARY KEY (id)
);

COMMENT ON TABLE  "what-an-author-says-is-a-comment".instances
    IS 'One row an instance, never changed. Who waits for an instance queues on its row.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".instances.id  IS 'The instance.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".instances.seq IS 'The event with which it begins: 0.';


-- The present ------------------------------------------------------------------------------------------------

CREATE VIEW "what-an-author-says-is-a-comment".states AS
    SELECT i.id, e.seq, e.marking[1] AS here, e.marking[2] AS there, e.at AS updated_at, e.hash AS head,
           e.version, b.at AS created_at
      FROM "what-an-author-says-is-a-comment".instances AS i
     CROSS JOIN LATERAL (SELECT e.* FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = i.id
                         ORDER BY e.seq DESC LIMIT 1) AS e
      LEFT JOIN "what-an-author-says-is-a-comment".events AS b ON b.id = i.id AND b.seq = 0;

COMMENT ON VIEW "what-an-author-says-is-a-comment".states IS 'The instances as they are now, a column a place.';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".states.here
    IS 'Where the one token is. At most 1: here + there = 1';
COMMENT ON COLUMN "what-an-author-says-is-a-comment".states.there IS 'At most 1: here + there = 1';


-- The past ---------------------------------------------------------------------------------------------------

CREATE VIEW "what-an-author-says-is-a-comment".history AS
    SELECT e.id, e.seq, e.action, coalesce(d.multiple, 1) AS multiple, e.payload, e.marking[1] AS here,
           e.marking[2] AS there, e.actor, e.role, d.key, e.at, e.hash, e.version, e.txid
      FROM "what-an-author-says-is-a-comment".events  AS e
      LEFT JOIN "what-an-author-says-is-a-comment".details AS d ON d.id = e.id AND d.seq = e.seq;

COMMENT ON VIEW "what-an-author-says-is-a-comment".history
    IS 'All events, a column a place: the tokens after the event.';


-- The rule of firing -----------------------------------------------------------------------------------------

-- The marking after a transition has fired `multiple` times in a row, each firing enabled when its turn comes; NULL
-- when it cannot.
CREATE FUNCTION "what-an-author-says-is-a-comment".step(marking integer[], action text, multiple bigint)
    RETURNS integer[]
    LANGUAGE plpgsql
    IMMUTABLE STRICT
AS $$
#variable_conflict use_variable
BEGIN
    IF action = 'go' THEN
        IF (marking[1] >= multiple) IS NOT TRUE THEN
            RETURN NULL;
        END IF;
        marking[1] := marking[1] - multiple; -- here
        marking[2] := marking[2] + multiple; -- there
    ELSE
        RETURN NULL;
    END IF;
    RETURN marking;
END;
$$;

-- Each condition that keeps transitions from firing at a marking: of one action, or of all.
CREATE FUNCTION "what-an-author-says-is-a-comment".obstacles(marking integer[], net_version integer, of_action text,
                                                             multiple bigint)
    RETURNS TABLE (action text, number integer, place text, rank integer, condition text, tokens bigint, need numeric)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
BEGIN
    RETURN QUERY
        SELECT c.action, c.number, p.place, c.rank, c.condition, o.held, o.need
          FROM "what-an-author-says-is-a-comment".conditions AS c
          JOIN "what-an-author-says-is-a-comment".places     AS p ON p.version = c.version AND p.number = c.number
         CROSS JOIN LATERAL ptflow.obstacle(c.relation, c.need, c.drift, c.after_reset, marking[c.number],
                                            multiple) AS o
         WHERE c.version = net_version
           AND (of_action IS NULL OR c.action = of_action);
END;
$$;

-- The same of one action, as JSON.
CREATE FUNCTION "what-an-author-says-is-a-comment".explain(marking integer[], net_version integer, of_action text,
                                                           multiple bigint)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
BEGIN
    RETURN (SELECT jsonb_agg(jsonb_build_object('place', o.place, 'condition', o.condition,
                                                'tokens', o.tokens, 'need', o.need) ORDER BY o.number, o.rank)
              FROM "what-an-author-says-is-a-comment".obstacles(marking, net_version, of_action, multiple) AS o);
END;
$$;


-- Who may ----------------------------------------------------------------------------------------------------

-- The role under which a caller may fire an action; NULL when it may not, or there is no such action.
CREATE FUNCTION "what-an-author-says-is-a-comment".role_for(action text, caller text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
AS $$
BEGIN
    IF action IN ('go') THEN
        RETURN CASE WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."role_*"'::regtype, 'USAGE')
                         AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."role_*"'::regtype,
                                                    'USAGE')
                    THEN '*'
                    WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."role_default"'::regtype,
                                            'USAGE')
                         AND NOT has_type_privilege('public',
                                                    '"what-an-author-says-is-a-comment"."role_default"'::regtype,
                                                    'USAGE')
                    THEN 'default'
                    WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."gateway"'::regtype, 'USAGE')
                         AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."gateway"'::regtype,
                                                    'USAGE')
                    THEN ptflow.claimed_role(ARRAY['default']::text[])
               END;
    END IF;
    RETURN NULL;
END;
$$;

-- The role under which a caller may make an instance; NULL when it may not.
CREATE FUNCTION "what-an-author-says-is-a-comment".creating_role(caller text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
AS $$
BEGIN
    RETURN CASE WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."role_*"'::regtype, 'USAGE')
                     AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."role_*"'::regtype,
                                                'USAGE')
                THEN '*'
                WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."role_default"'::regtype, 'USAGE')
                     AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."role_default"'::regtype,
                                                'USAGE')
                THEN 'default'
                WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."gateway"'::regtype, 'USAGE')
                     AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."gateway"'::regtype,
                                                'USAGE')
                THEN ptflow.claimed_role(ARRAY['default']::text[])
           END;
END;
$$;


-- The beginning of an instance -------------------------------------------------------------------------------

-- A marking as JSON, by the places' own names.
CREATE FUNCTION "what-an-author-says-is-a-comment".state_text(marking integer[])
    RETURNS json
    LANGUAGE plpgsql
    IMMUTABLE
AS $$
BEGIN
    RETURN format('{"here":%s,"there":%s}', VARIADIC marking)::json;
END;
$$;

-- Makes an instance in the initial marking, unless it is there. Answers whether it was this call that made it.
CREATE FUNCTION "what-an-author-says-is-a-comment".begin_instance(id text, caller text)
    RETURNS boolean
    LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
    role CONSTANT text        := "what-an-author-says-is-a-comment".creating_role(caller);
    at   CONSTANT timestamptz := clock_timestamp();
    made          text;
    version       integer;
    digest        bytea;
BEGIN
    IF (length(id) BETWEEN 1 AND 255) IS NOT TRUE THEN
        PERFORM ptflow.refuse_id(id);
    ELSIF role IS NULL THEN
        PERFORM ptflow.refuse_create('what-an-author-says-is-a-comment', caller, ARRAY['default']::text[]);
    END IF;

    SELECT n.version, n.digest INTO version, digest FROM ptflow.nets AS n
        WHERE n.net = 'what-an-author-says-is-a-comment';
    IF version IS NULL THEN
        PERFORM ptflow.refuse_net('what-an-author-says-is-a-comment');
    END IF;

    -- The event first: whatever a trigger on either table does, it finds the instance begun.
    INSERT INTO "what-an-author-says-is-a-comment".events AS e
           (seq, txid, at, version, id, action, actor, role, marking, payload, hash)
    OVERRIDING SYSTEM VALUE
    VALUES (0, ptflow.numbered(txid_current()), at, version, id, '', caller, role, '{1,0}', '{}',
            sha256(sha256(convert_to(concat('ptflow 1,32:what-an-author-says-is-a-comment,64:', encode(digest, 'hex'),
                                            ',', length(id), ':', id, ','), 'UTF8')) || timestamptz_send(at)
                   || sha256(convert_to('{}', 'UTF8'))
                      || convert_to(format('1,:,%s:%s,%s:%s,%s', length(''), '', length(role), role, caller), 'UTF8')))
        ON CONFLICT DO NOTHING
 RETURNING e.id INTO made;
    IF made IS NULL THEN
        RETURN false;
    END IF;

    INSERT INTO "what-an-author-says-is-a-comment".instances (id, seq)
    OVERRIDING SYSTEM VALUE
    VALUES (id, 0);
    RETURN true;
END;
$$;

-- Makes an instance, or answers again what the call that made it was answered.
CREATE FUNCTION "what-an-author-says-is-a-comment".create_instance(id text)
    RETURNS json
    LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
    replayed CONSTANT boolean := NOT "what-an-author-says-is-a-comment".begin_instance(id, CASE current_setting('role')
            WHEN 'none' THEN session_user ELSE ptflow.assumed_role() END);
    answer            json;
BEGIN
    SELECT format('{"net":"what-an-author-says-is-a-comment","id":%s,"seq":0,"action":null,"multiple":null,"state":%s,"'
                  'hash":"%s","at":%s,"replayed":%s}',
                  to_json(e.id),
                  format('{"here":%s,"there":%s}', VARIADIC e.marking),
                  encode(e.hash, 'hex'), to_json(e.at), to_json(replayed))::json
      INTO answer
      FROM "what-an-author-says-is-a-comment".events AS e
     WHERE e.id = id AND e.seq = 0;
    RETURN answer;
END;
$$;


-- Firing -----------------------------------------------------------------------------------------------------
--
-- The plain call: three statements that all transitions share, and a branch for each transition. The primary key of
-- events makes two firings of one state impossible. Who comes too late queues on the instance's row and looks again.
-- Whatever is not plain, or is refused, leaves by EXIT fire and is settled by fire_in_turn.

CREATE FUNCTION "what-an-author-says-is-a-comment".fire(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS json
    LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
    caller CONSTANT text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE ptflow.assumed_role() END;
    role            text;
    seq             bigint;
    txid            bigint;
    at              timestamptz;
    version         integer;
    hash            bytea;
    m               integer[];
    answer          json;
BEGIN
    <<fire>>
    FOR attempt IN 1 .. 100 LOOP
        -- One firing without a key, with a payload that cannot be long once it is printed.
        EXIT fire WHEN (multiple = 1 AND key IS NULL AND pg_column_size(payload) < 1800
                        AND pg_column_compression(payload) IS NULL) IS NOT TRUE;

        -- The last event is the state.
        SELECT e.seq, e.txid, greatest(e.at, clock_timestamp()), e.version, e.hash, e.marking
          INTO seq, txid, at, version, hash, m
          FROM "what-an-author-says-is-a-comment".events AS e
         WHERE e.id = id
         ORDER BY e.seq DESC
         LIMIT 1;

        role := CASE WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."role_*"'::regtype, 'USAGE')
                          AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."role_*"'::regtype,
                                                     'USAGE')
                     THEN '*'
                     WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."role_default"'::regtype,
                                             'USAGE')
                          AND NOT has_type_privilege('public',
                                                     '"what-an-author-says-is-a-comment"."role_default"'::regtype,
                                                     'USAGE')
                     THEN 'default'
                     WHEN has_type_privilege(caller, '"what-an-author-says-is-a-comment"."gateway"'::regtype, 'USAGE')
                          AND NOT has_type_privilege('public', '"what-an-author-says-is-a-comment"."gateway"'::regtype,
                                                     'USAGE')
                     THEN ptflow.claimed_role(ARRAY['default']::text[])
                END;

        IF action = 'go' THEN
            -- here -> there
            m[1] := m[1] - 1; -- here
            m[2] := m[2] + 1; -- there
        ELSE
            EXIT fire;
        END IF;

        -- There is a state, and what was taken was there. To empty a place makes a vector even of NULL.
        EXIT fire WHEN (seq IS NOT NULL AND role IS NOT NULL AND 0 <= ALL (m)
                        AND (expected IS NULL OR expected = seq)) IS NOT TRUE;

        -- Nothing is inserted when somebody else was first.
        INSERT INTO "what-an-author-says-is-a-comment".events AS e
               (seq, txid, at, version, id, action, actor, role, marking, payload, hash)
        OVERRIDING SYSTEM VALUE
        VALUES (seq + 1, greatest(txid, ptflow.numbered(txid_current())), at, version, id, action, caller, role, m,
                payload,
                sha256(hash || timestamptz_send(at)
                       || sha256(convert_to(payload::text, 'UTF8'))
                          || convert_to(format('1,:,%s:%s,%s:%s,%s', length(action), action, length(role), role,
                                               caller), 'UTF8')))
            ON CONFLICT DO NOTHING
     RETURNING format('{"net":"what-an-author-says-is-a-comment","id":%s,"seq":%s,"action":%s,"multiple":%s,"state":%s,'
                      '"hash":"%s","at":%s,"replayed":false}',
                      to_json(e.id), e.seq, to_json(e.action), 1,
                      format('{"here":%s,"there":%s}', VARIADIC e.marking),
                      encode(e.hash, 'hex'), to_json(e.at))::json
          INTO answer;
        IF answer IS NOT NULL THEN
            RETURN answer;
        END IF;
        PERFORM FROM "what-an-author-says-is-a-comment".instances AS i WHERE i.id = id FOR NO KEY UPDATE;
    END LOOP fire;

    RETURN "what-an-author-says-is-a-comment".fire_in_turn(id, action, payload, multiple, expected, key, caller);
END;
$$;


-- The role under which a call fires. Refuses a call that is malformed or not allowed: nothing is locked, read or told
-- before.
CREATE FUNCTION "what-an-author-says-is-a-comment".admit(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text,
    caller   text
)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    role CONSTANT text := "what-an-author-says-is-a-comment".role_for(action, caller);
BEGIN
    PERFORM ptflow.refuse_arguments(id, action, payload, multiple, expected, key);
    IF role IS NULL THEN
        PERFORM ptflow.refuse_role(
                    'what-an-author-says-is-a-comment', id, action, caller,
                    (SELECT t.roles FROM "what-an-author-says-is-a-comment".transitions AS t
                       JOIN ptflow.nets AS n ON n.net = 'what-an-author-says-is-a-comment' AND n.version = t.version
                           WHERE t.action = action));
    END IF;
    RETURN role;
END;
$$;

-- The marking to which a call brings an instance whose last event is known. Refuses one that it does not let through.
CREATE FUNCTION "what-an-author-says-is-a-comment".judge(
    marking     integer[],
    net_version integer,
    action      text,
    multiple    bigint,
    expected    bigint,
    id text, seq bigint
)
    RETURNS integer[]
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    m integer[];
BEGIN
    IF expected <> seq THEN
        PERFORM ptflow.refuse_expected('what-an-author-says-is-a-comment', id, action, expected, seq);
    END IF;

    m := "what-an-author-says-is-a-comment".step(marking, action, multiple);
    IF m IS NULL THEN
        PERFORM ptflow.refuse_firing('what-an-author-says-is-a-comment', id, action, multiple, seq,
                                     "what-an-author-says-is-a-comment".explain(
                    marking, net_version, action, multiple));
    END IF;
    RETURN m;
END;
$$;

-- Everything else: refusals, keys, several firings, the first event, and whoever came too late. One at a time for an
-- instance: they queue on its row.
CREATE FUNCTION "what-an-author-says-is-a-comment".fire_in_turn(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text,
    caller   text
)
    RETURNS json
    LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
    role   CONSTANT text := "what-an-author-says-is-a-comment".admit(id, action, payload, multiple, expected, key,
                                                                     caller);
    last   "what-an-author-says-is-a-comment".events;
    made   "what-an-author-says-is-a-comment".events;
    at     timestamptz;
    m      integer[];
    answer json;
BEGIN
    FOR attempt IN 1 .. 100 LOOP
        -- The queue. Whose transaction has written the last event has its turn already: all who queue wait for it. It
        -- has another's number where that is later, so such a one is tried first without the queue.
        PERFORM FROM "what-an-author-says-is-a-comment".instances AS i
                 WHERE i.id = id
                   AND (SELECT e.txid = ptflow.numbered(txid_current_if_assigned())
                               OR e.txid > ptflow.numbered(txid_current_if_assigned()) AND attempt = 1
                          FROM "what-an-author-says-is-a-comment".events AS e
                         WHERE e.id = i.id
                         ORDER BY e.seq DESC
                         LIMIT 1) IS NOT TRUE
                   FOR NO KEY UPDATE;
        SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
            LIMIT 1;
        IF last.seq IS NULL THEN
            IF expected > 0 THEN
                PERFORM ptflow.refuse_expected('what-an-author-says-is-a-comment', id, action, expected, 0);
            END IF;
            PERFORM "what-an-author-says-is-a-comment".begin_instance(id, caller);
            CONTINUE;
        END IF;

        IF key IS NOT NULL THEN
            answer := "what-an-author-says-is-a-comment".answer_again(id, action, payload, multiple, key);
            IF answer IS NOT NULL THEN
                RETURN answer;
            END IF;
        END IF;

        at := greatest(last.at, clock_timestamp());
        m := "what-an-author-says-is-a-comment".judge(last.marking, last.version, action, multiple, expected, id,
                                                      last.seq);
        INSERT INTO "what-an-author-says-is-a-comment".events AS e
               (seq, txid, at, version, id, action, actor, role, marking, payload, hash)
        OVERRIDING SYSTEM VALUE
        VALUES (last.seq + 1, greatest(last.txid, ptflow.numbered(txid_current())), at, last.version, id, action,
                caller, role, m, payload,
                sha256(last.hash || timestamptz_send(at)
                       || sha256(convert_to(payload::text, 'UTF8'))
                          || convert_to(format('%s,%s,%s:%s,%s:%s,%s', multiple,
                                               coalesce('64:' || encode(sha256(convert_to(key, 'UTF8')), 'hex'), ':'),
                                               length(action), action, length(role), role, caller), 'UTF8')))
            ON CONFLICT DO NOTHING
     RETURNING e.* INTO made;
        IF made.seq IS NOT NULL THEN
            IF key IS NOT NULL OR multiple > 1 THEN
                INSERT INTO "what-an-author-says-is-a-comment".details (id, seq, multiple, key)
                OVERRIDING SYSTEM VALUE
                VALUES (id, made.seq, multiple, key);
            END IF;
            RETURN format('{"net":"what-an-author-says-is-a-comment","id":%s,"seq":%s,"action":%s,"multiple":%s,"state"'
                          ':%s,"hash":"%s","at":%s,"replayed":false}',
                          to_json(made.id), made.seq, to_json(made.action), multiple,
                          format('{"here":%s,"there":%s}', VARIADIC made.marking),
                          encode(made.hash, 'hex'), to_json(made.at))::json;
        END IF;
    END LOOP;

    PERFORM ptflow.refuse_busy('what-an-author-says-is-a-comment', id, action);
    RETURN NULL;
END;
$$;

-- What the first call with a key was answered, or NULL if there was none. The caller holds the row of the instance.
CREATE FUNCTION "what-an-author-says-is-a-comment".answer_again(id text, action text, payload jsonb, multiple bigint,
                                                                key text)
    RETURNS json
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    first    "what-an-author-says-is-a-comment".events;
    number   bigint;
    firings  bigint;
    redacted jsonb;
    differs  text[];
BEGIN
    SELECT d.seq, d.multiple INTO number, firings FROM "what-an-author-says-is-a-comment".details AS d WHERE d.id = id
        AND d.key = key;
    IF number IS NULL THEN
        RETURN NULL;
    END IF;

    SELECT e.* INTO first FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id AND e.seq = number;
    -- Of a payload that was taken out there is the hash.
    SELECT CASE WHEN r.payload_hash = sha256(convert_to(payload::text, 'UTF8')) THEN payload
        ELSE jsonb_build_array(payload) END
      INTO redacted
      FROM "what-an-author-says-is-a-comment".redactions AS r
     WHERE r.id = id AND r.seq = number AND r.payload_hash IS NOT NULL;
    differs := ptflow.differences(
        first.action, firings, coalesce(redacted, first.payload), action, multiple, payload);
    IF differs <> '{}' THEN
        PERFORM ptflow.refuse_key('what-an-author-says-is-a-comment', id, action, key, number, differs);
    END IF;
    RETURN format('{"net":"what-an-author-says-is-a-comment","id":%s,"seq":%s,"action":%s,"multiple":%s,"state":%s,"has'
                  'h":"%s","at":%s,"replayed":true}',
                  to_json(first.id), first.seq, to_json(first.action), firings,
                  format('{"here":%s,"there":%s}', VARIADIC first.marking),
                  encode(first.hash, 'hex'), to_json(first.at))::json;
END;
$$;


-- Many events in one call, in order, all or none. First all are looked at: nothing is locked or read before all are
-- allowed. Then, instance by instance, the markings and the chain are computed and the events inserted by set. The
-- first event of each instance is inserted before the others: who has that one has the instance. Only triggers of
-- this transaction can go on with it then; what is left of such an instance is computed again.
--
-- Answers the texts of the answers, in the order of the events; without `fires` it only looks.
CREATE FUNCTION "what-an-author-says-is-a-comment".fire_many(batch ptflow.batch, fires boolean)
    RETURNS text[]
    LANGUAGE plpgsql
AS $$
#variable_conflict use_variable
DECLARE
    caller  CONSTANT text        := CASE current_setting('role') WHEN 'none' THEN session_user
        ELSE ptflow.assumed_role() END;
    has_keys CONSTANT boolean    := array_remove(batch.keys, NULL) <> '{}';
    moment           timestamptz;
    known_actions    text[];
    known_roles      text[];
    number           bigint;
    again_numbers    bigint[];
    again_firsts     bigint[];
    pending          text[]      := ARRAY(SELECT DISTINCT u.id COLLATE "C" FROM unnest(batch.ids) AS u (id) ORDER BY 1);
    settled          bigint[];
    lost             text[]      := ARRAY[]::text[];
    begun            text[];
    halted           text[];
    tries            integer     := 0;
    missing          text[];
    replayed         bigint[];
    replayed_texts   text[];
    numbers          bigint[];
    ids              text[];
    seqs             bigint[];
    txids            bigint[];
    ats              timestamptz[];
    versions         integer[];
    actions          text[];
    roles            text[];
    payloads         jsonb[];
    multiples        bigint[];
    keys             text[];
    words            bytea[];
    starts           bigint[];
    lasts            "what-an-author-says-is-a-comment".events[];
    m                integer[];
    instances        bigint;
    hash             bytea;
    markings         "what-an-author-says-is-a-comment".marking[];
    hashes           bytea[];
    inserted         bigint;
    due              bigint;
    texts            text[];
    answers          text[]      := ARRAY[]::text[];
    -- the first event that is refused, and why
    refused          bigint;
    refused_why      text;
    refused_seq      bigint;
    refused_version  integer;
    refused_marking  integer[];
BEGIN
    SELECT array_agg(u.action), array_agg("what-an-author-says-is-a-comment".role_for(u.action, caller))
      INTO known_actions, known_roles
      FROM (SELECT DISTINCT u.action FROM unnest(batch.actions) AS u (action)) AS u;
    SELECT min(a.number)
      INTO number
      FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds, batch.keys)
           WITH ORDINALITY AS a (id, action, payload, multiple, expected, key, number)
      LEFT JOIN unnest(known_actions, known_roles) AS k (action, role) ON k.action = a.action
     WHERE k.role IS NULL
        OR ptflow.argument_fault(a.id, a.action, a.payload, a.multiple, a.expected, a.key) IS NOT NULL;
    IF number IS NOT NULL THEN
        PERFORM set_config('ptflow.index', batch.indexes[number]::text, true);
        PERFORM ptflow.refuse_arguments(batch.ids[number], batch.actions[number], batch.payloads[number],
                                        batch.multiples[number], batch.expecteds[number], batch.keys[number]);
        PERFORM ptflow.refuse_role(
                    'what-an-author-says-is-a-comment', batch.ids[number], batch.actions[number], caller,
                    (SELECT t.roles FROM "what-an-author-says-is-a-comment".transitions AS t
                       JOIN ptflow.nets AS n ON n.net = 'what-an-author-says-is-a-comment' AND n.version = t.version
                           WHERE t.action = batch.actions[number]));
    ELSIF NOT fires THEN
        RETURN answers;
    END IF;

    -- A key that comes again in this call: its event is answered like the first, or refused when it is another.
    IF has_keys THEN
        SELECT array_agg(a.number), array_agg(a.first),
               min(a.number) FILTER (WHERE (batch.actions[a.first], batch.multiples[a.first], batch.payloads[a.first])
                                           IS DISTINCT FROM (a.action, a.multiple, a.payload))
          INTO again_numbers, again_firsts, refused
          FROM (SELECT a.*, first_value(a.number) OVER (PARTITION BY a.id, a.key ORDER BY a.number) AS first
                  FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.keys)
                       WITH ORDINALITY AS a (id, action, payload, multiple, key, number)
                 WHERE a.key IS NOT NULL) AS a
         WHERE a.first <> a.number;
        refused_why := CASE WHEN refused IS NOT NULL THEN 'key' END;
    END IF;

    WHILE pending <> '{}' AND tries < 100 LOOP
        moment := clock_timestamp();
        -- Who lost an instance to somebody else queues on its row.
        IF lost <> '{}' THEN
            PERFORM FROM "what-an-author-says-is-a-comment".instances AS i WHERE i.id = ANY (lost)
                ORDER BY i.id FOR NO KEY UPDATE;
        END IF;

        missing := ARRAY(SELECT p.id FROM unnest(pending) WITH ORDINALITY AS p (id, number)
                          WHERE NOT EXISTS (SELECT FROM "what-an-author-says-is-a-comment".instances AS i
                                            WHERE i.id = p.id)
                          ORDER BY p.number);
        IF missing <> '{}' AND "what-an-author-says-is-a-comment".creating_role(caller) IS NULL THEN
            SELECT least(refused, min(a.number)), CASE WHEN min(a.number) < refused OR refused IS NULL THEN 'create'
                                                       ELSE refused_why END
              INTO refused, refused_why
              FROM unnest(batch.ids) WITH ORDINALITY AS a (id, number)
             WHERE a.id = ANY (missing);
            pending := ARRAY(SELECT p.id FROM unnest(pending) WITH ORDINALITY AS p (id, number)
                              WHERE p.id <> ALL (missing) ORDER BY p.number);
        ELSE
            FOR i IN 1 .. cardinality(missing) LOOP
                PERFORM "what-an-author-says-is-a-comment".begin_instance(missing[i], caller);
            END LOOP;
        END IF;

        -- What came before with its key is answered as it was, and fired no more.
        IF has_keys THEN
            SELECT array_agg(a.number),
                   array_agg(format('{"id":%s,"seq":%s,"hash":"%s","replayed":true}',
                                    to_json(e.id), e.seq, encode(e.hash, 'hex'))),
                   min(a.number) FILTER (WHERE (e.action, d.multiple) <> (a.action, a.multiple)
                                            OR CASE WHEN r.payload_hash IS NULL THEN e.payload <> a.payload
                                                    ELSE r.payload_hash <> sha256(convert_to(a.payload::text,
                                                            'UTF8')) END)
              INTO replayed, replayed_texts, number
              FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.keys)
                   WITH ORDINALITY AS a (id, action, payload, multiple, key, number)
              JOIN "what-an-author-says-is-a-comment".details AS d ON d.id = a.id AND d.key = a.key
              JOIN "what-an-author-says-is-a-comment".events  AS e ON e.id = d.id AND e.seq = d.seq
              LEFT JOIN "what-an-author-says-is-a-comment".redactions AS r ON r.id = d.id AND r.seq = d.seq
             WHERE a.key IS NOT NULL
               AND a.id = ANY (pending)
               AND (settled IS NULL OR a.number <> ALL (settled));
            IF number < refused OR refused IS NULL THEN
                refused := number;
                refused_why := CASE WHEN number IS NOT NULL THEN 'key' END;
            END IF;
            FOR i IN 1 .. coalesce(cardinality(replayed), 0) LOOP
                answers[replayed[i]] := replayed_texts[i];
            END LOOP;
        END IF;

        -- The others: the first of each instance, and then all that follow, instance by instance.
        SELECT array_agg(a.number), array_agg(a.id), array_agg(a.seq), array_agg(a.txid), array_agg(a.at),
            array_agg(a.version),
               array_agg(a.action), array_agg(a.role), array_agg(a.payload), array_agg(a.multiple), array_agg(a.key),
               array_agg(CASE WHEN a.place = 2 THEN a.instance END),
                   array_agg(ROW(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, a.last_marking, NULL,
                                 a.last_hash)::"what-an-author-says-is-a-comment".events) FILTER (WHERE a.place = 1),
               array_agg(timestamptz_send(a.at) || sha256(convert_to(a.payload::text, 'UTF8'))
                                                   || convert_to(format('%s,%s,%s:%s,%s:%s,%s', a.multiple,
                                                           coalesce('64:'
                                                                    || encode(sha256(convert_to(a.key, 'UTF8')), 'hex'),
                                                                    ':'),
                                                                        length(a.action), a.action, length(a.role),
                                                                                a.role, caller), 'UTF8')),
               count(*) FILTER (WHERE a.place = 1), min(a.number) FILTER (WHERE a.expected <> a.seq - 1)
          INTO numbers, ids, seqs, txids, ats, versions, actions, roles, payloads, multiples, keys, starts, lasts,
              words, instances,
               number
          FROM (SELECT a.*
                  FROM (SELECT a.number, a.id, a.action, a.payload, a.multiple, a.expected, a.key, k.role, l.version,
                        l.txid,
                               greatest(l.at, moment) AS at,
                               l.seq + row_number() OVER w AS seq,
                               row_number() OVER w AS place,
                               dense_rank() OVER (ORDER BY l.id) AS instance,
                               l.marking AS last_marking, l.hash AS last_hash
                          FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds,
                                      batch.keys)
                               WITH ORDINALITY AS a (id, action, payload, multiple, expected, key, number)
                          JOIN unnest(known_actions, known_roles) AS k (action, role) ON k.action = a.action
                          JOIN (SELECT e.*
                                  FROM unnest(pending) AS p (id)
                                 CROSS JOIN LATERAL (SELECT e.* FROM "what-an-author-says-is-a-comment".events AS e
                                                      WHERE e.id = p.id ORDER BY e.seq DESC LIMIT 1) AS e) AS l
                                                          ON l.id = a.id
                         WHERE (settled IS NULL OR a.number <> ALL (settled))
                           AND (replayed IS NULL OR a.number <> ALL (replayed))
                           AND (again_numbers IS NULL OR a.number <> ALL (again_numbers))
                        WINDOW w AS (PARTITION BY l.id ORDER BY a.number)) AS a
                 ORDER BY a.place > 1, a.instance, a.number) AS a;
        IF number < refused OR refused IS NULL AND number IS NOT NULL THEN
            refused := number;
            refused_why := 'expected';
            refused_seq := seqs[array_position(numbers, number)] - 1;
        END IF;

        markings := '{}';
        hashes := '{}';
        lost := '{}';
        halted := '{}';
        FOR pass IN 1 .. 2 LOOP
            FOR i IN CASE pass WHEN 1 THEN 1 ELSE instances + 1 END
                     .. CASE pass WHEN 1 THEN instances ELSE coalesce(cardinality(numbers), 0) END LOOP
                IF pass = 1 THEN
                    m := lasts[i].marking;
                    hash := lasts[i].hash;
                ELSIF starts[i] IS NOT NULL THEN
                    m := markings[starts[i]];
                    hash := hashes[starts[i]];
                END IF;

                m := "what-an-author-says-is-a-comment".step(m, actions[i], multiples[i]);
                IF m IS NOT NULL THEN
                    markings[i] := m;
                ELSIF numbers[i] < refused OR refused IS NULL THEN
                    refused := numbers[i];
                    refused_why := 'firing';
                    refused_seq := seqs[i] - 1;
                    refused_version := versions[i];
                    refused_marking := CASE WHEN pass = 1 THEN lasts[i].marking
                                            WHEN starts[i] IS NOT NULL THEN markings[starts[i]]
                                            ELSE markings[i - 1] END;
                END IF;
                hash := sha256(hash || words[i]);
                hashes[i] := hash;
            END LOOP;

            IF refused IS NULL AND (pass = 1 OR instances < cardinality(numbers)) THEN
                -- What was inserted is told by the statement itself: another's event may be the same to the last byte.
                WITH stored AS (
                    INSERT INTO "what-an-author-says-is-a-comment".events AS e
                           (seq, txid, at, version, id, action, actor, role, marking, payload, hash)
                    OVERRIDING SYSTEM VALUE
                    SELECT f.seq, greatest(f.txid, ptflow.numbered(txid_current())), f.at, f.version, f.id, f.action,
                        caller,
                           f.role, f.marking, f.payload, f.hash
                      FROM ROWS FROM (unnest(seqs), unnest(txids), unnest(ats), unnest(versions), unnest(ids),
                                      unnest(actions), unnest(roles),
                                      unnest(markings), unnest(payloads), unnest(hashes))
                           WITH ORDINALITY AS f (seq, txid, at, version, id, action, role, marking, payload, hash,
                                                 number)
                     WHERE (f.number <= instances) = (pass = 1)
                       AND f.id <> ALL (halted)
                        ON CONFLICT DO NOTHING
                 RETURNING e.id
                )
                SELECT count(*), coalesce(array_agg(s.id) FILTER (WHERE pass = 1), '{}')
                  INTO inserted, begun
                  FROM stored AS s;
                IF pass = 1 THEN
                    IF inserted < instances THEN
                        lost := ARRAY(SELECT f.id FROM unnest(ids[: instances]) AS f (id) WHERE f.id <> ALL (begun));
                    END IF;
                    -- A trigger has gone on with it, or somebody else has it.
                    halted := lost || ARRAY(SELECT f.id
                                              FROM unnest(ids[: instances], seqs[: instances]) AS f (id, seq)
                                             WHERE instances < cardinality(numbers)
                                               AND (SELECT e.seq FROM "what-an-author-says-is-a-comment".events AS e
                                                     WHERE e.id = f.id AND e.seq = f.seq + 1) IS NOT NULL
                                               AND f.id <> ALL (lost));
                    SELECT count(*) INTO due FROM unnest(ids[instances + 1 :]) AS f (id) WHERE f.id <> ALL (halted);
                ELSIF inserted < due THEN
                    PERFORM ptflow.refuse_busy('what-an-author-says-is-a-comment', ids[instances + 1], NULL);
                END IF;
            END IF;
        END LOOP;

        IF refused IS NULL THEN
            IF has_keys OR 1 < ANY (batch.multiples) THEN
                INSERT INTO "what-an-author-says-is-a-comment".details (id, seq, multiple, key)
                OVERRIDING SYSTEM VALUE
                SELECT f.id, f.seq, f.multiple, f.key
                  FROM unnest(ids, seqs, multiples, keys) WITH ORDINALITY AS f (id, seq, multiple, key, number)
                 WHERE (f.key IS NOT NULL OR f.multiple > 1)
                   AND (f.id <> ALL (halted) OR f.number <= instances AND f.id <> ALL (lost));
            END IF;

            SELECT array_agg(format('{"id":%s,"seq":%s,"hash":"%s","replayed":false}',
                                    to_json(f.id), f.seq, encode(f.hash, 'hex')))
              INTO texts
              FROM unnest(ids, seqs, hashes) AS f (id, seq, hash);
            FOR i IN 1 .. coalesce(cardinality(numbers), 0) LOOP
                answers[numbers[i]] := texts[i];
            END LOOP;
        END IF;

        -- What is left: all of what is lost, and of the others that are halted what comes after the first.
        IF halted <> lost THEN
            settled := settled
                || ARRAY(SELECT f.number FROM unnest(ids[: instances], numbers[: instances]) AS f (id, number)
                                         WHERE f.id = ANY (halted) AND f.id <> ALL (lost));
        END IF;
        pending := ARRAY(SELECT h.id FROM unnest(halted) AS h (id) ORDER BY h.id COLLATE "C");
        tries := CASE WHEN lost = '{}' THEN 0 ELSE tries + 1 END;
    END LOOP;

    IF refused IS NOT NULL THEN
        PERFORM set_config('ptflow.index', batch.indexes[refused]::text, true);
        IF refused_why = 'create' THEN
            PERFORM ptflow.refuse_create('what-an-author-says-is-a-comment', caller, ARRAY['default']::text[]);
        ELSIF refused_why = 'key' THEN
            PERFORM "what-an-author-says-is-a-comment".answer_again(batch.ids[refused], batch.actions[refused],
                                                                    batch.payloads[refused], batch.multiples[refused],
                                          batch.keys[refused]);
            number := again_firsts[array_position(again_numbers, refused)];
            PERFORM ptflow.refuse_key('what-an-author-says-is-a-comment', batch.ids[refused], batch.actions[refused],
                                      batch.keys[refused], seqs[array_position(numbers, number)], ptflow.differences(
                        batch.actions[number], batch.multiples[number], batch.payloads[number],
                        batch.actions[refused], batch.multiples[refused], batch.payloads[refused]));
        ELSIF refused_why = 'expected' THEN
            PERFORM ptflow.refuse_expected('what-an-author-says-is-a-comment', batch.ids[refused],
                                           batch.actions[refused], batch.expecteds[refused], refused_seq);
        ELSE
            PERFORM ptflow.refuse_firing('what-an-author-says-is-a-comment', batch.ids[refused], batch.actions[refused],
                                         batch.multiples[refused], refused_seq,
                                         "what-an-author-says-is-a-comment".explain(
                        refused_marking, refused_version, batch.actions[refused], batch.multiples[refused]));
        END IF;
    ELSIF pending <> '{}' THEN
        PERFORM ptflow.refuse_busy('what-an-author-says-is-a-comment', pending[1], NULL);
    END IF;

    FOR i IN 1 .. coalesce(cardinality(again_numbers), 0) LOOP
        answers[again_numbers[i]] := replace(answers[again_firsts[i]], '"replayed":false', '"replayed":true');
    END LOOP;
    RETURN answers;
END;
$$;


-- A function a transition ------------------------------------------------------------------------------------
--
-- The second door: the same as ptflow_dispatch with the name of the transition.

CREATE FUNCTION "what-an-author-says-is-a-comment".go(
    id       text,
    payload  jsonb  DEFAULT '{}',
    multiple bigint DEFAULT 1,
    expected bigint DEFAULT NULL,
    key      text   DEFAULT NULL
)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN "what-an-author-says-is-a-comment".fire(id COLLATE "C", 'go', payload, multiple, expected, key);
END;
$$;

COMMENT ON FUNCTION "what-an-author-says-is-a-comment".go(text, jsonb, bigint, bigint, text)
    IS 'go: here -> there. There is no way back.';


-- What if ----------------------------------------------------------------------------------------------------
--
-- Nothing is kept and nobody is waited for, so that a replica can answer. What decides is what decides when it fires.

-- The last event of an instance; of one that is not there, the beginning that the caller's call would give it.
CREATE FUNCTION "what-an-author-says-is-a-comment".present(id text, action text, expected bigint, caller text)
    RETURNS "what-an-author-says-is-a-comment".events
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    last "what-an-author-says-is-a-comment".events;
BEGIN
    SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
        LIMIT 1;
    IF last.seq IS NOT NULL THEN
        RETURN last;
    END IF;

    IF expected > 0 THEN
        PERFORM ptflow.refuse_expected('what-an-author-says-is-a-comment', id, action, expected, 0);
    ELSIF "what-an-author-says-is-a-comment".creating_role(caller) IS NULL THEN
        PERFORM ptflow.refuse_create('what-an-author-says-is-a-comment', caller, ARRAY['default']::text[]);
    END IF;
    last := (SELECT ROW(0, NULL, NULL, n.version, id, NULL, NULL, NULL, '{1,0}', NULL,
                        NULL)::"what-an-author-says-is-a-comment".events FROM ptflow.nets AS n
             WHERE n.net = 'what-an-author-says-is-a-comment');
    RETURN last;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".try_firing(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS json
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    caller CONSTANT text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE ptflow.assumed_role() END;
    last   "what-an-author-says-is-a-comment".events;
    m      integer[];
    answer json;
BEGIN
    PERFORM "what-an-author-says-is-a-comment".admit(id, action, payload, multiple, expected, key, caller);
    last := "what-an-author-says-is-a-comment".present(id, action, expected, caller);
    IF key IS NOT NULL THEN
        answer := "what-an-author-says-is-a-comment".answer_again(id, action, payload, multiple, key);
        IF answer IS NOT NULL THEN
            RETURN answer;
        END IF;
    END IF;

    m := "what-an-author-says-is-a-comment".judge(last.marking, last.version, action, multiple, expected, id, last.seq);
    RETURN format('{"net":"what-an-author-says-is-a-comment","id":%s,"seq":%s,"action":%s,"multiple":%s,"state":%s,"has'
                  'h":null,"at":null,"replayed":false}',
                  to_json(id), last.seq + 1, to_json(action), multiple,
                  "what-an-author-says-is-a-comment".state_text(m))::json;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".simulate(id text, actions jsonb)
    RETURNS TABLE (step bigint, action text, multiple bigint, role text, seq bigint, state jsonb,
                   code text, message text, detail jsonb, hint text)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    caller  CONSTANT text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE ptflow.assumed_role() END;
    given   record;
    last    "what-an-author-says-is-a-comment".events;
    m       integer[];
    number  bigint;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    FOR given IN SELECT a.step, a.action, a.payload, a.multiple, a.expected FROM ptflow.actions(actions) AS a LOOP
        step := given.step;
        action := given.action;
        multiple := given.multiple;
        role := NULL;
        seq := NULL;
        state := NULL;
        BEGIN
            role := "what-an-author-says-is-a-comment".admit(id, action, given.payload, multiple, given.expected, NULL,
                                                             caller);
            IF number IS NULL THEN
                last := "what-an-author-says-is-a-comment".present(id, action, given.expected, caller);
                m := last.marking;
                number := last.seq;
            END IF;
            m := "what-an-author-says-is-a-comment".judge(m, last.version, action, multiple, given.expected, id,
                                                          number);
            number := number + 1;
            seq := number;
            state := "what-an-author-says-is-a-comment".state_text(m)::jsonb;
        EXCEPTION
            WHEN SQLSTATE 'PT400' OR SQLSTATE 'PT403' OR SQLSTATE 'PT404' OR SQLSTATE 'PT409' OR SQLSTATE 'PT412'
                 OR SQLSTATE 'PT422' THEN
                GET STACKED DIAGNOSTICS code    = RETURNED_SQLSTATE,
                                        message = MESSAGE_TEXT,
                                        detail  = PG_EXCEPTION_DETAIL,
                                        hint    = PG_EXCEPTION_HINT;
        END;
        RETURN NEXT;
        EXIT WHEN code IS NOT NULL;
    END LOOP;
END;
$$;

-- A search in breadth: level by level all markings that were not met before, each with how it was first reached.
CREATE FUNCTION "what-an-author-says-is-a-comment".plan_firings(id text, goal text, max_steps bigint)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    caller CONSTANT text     := CASE current_setting('role') WHEN 'none' THEN session_user
        ELSE ptflow.assumed_role() END;
    most   CONSTANT bigint   := 100000::bigint;
    path            jsonpath;
    last            "what-an-author-says-is-a-comment".events;
    actions         text[];
    -- each marking that was met, the number of the one before it, and what fired there
    markings        text[];
    parents         bigint[] := ARRAY[NULL]::bigint[];
    fired           text[]   := ARRAY[NULL]::text[];
    first           bigint   := 1::bigint;
    next_markings   text[];
    next_parents    bigint[];
    next_fired      text[];
    reached         bigint;
    is_unclear      boolean;
    steps           jsonb    := '[]'::jsonb;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    IF (max_steps >= 0) IS NOT TRUE THEN
        PERFORM ptflow.refuse_search('what-an-author-says-is-a-comment', max_steps, NULL);
    ELSIF (length(id) BETWEEN 1 AND 255) IS NOT TRUE THEN
        PERFORM ptflow.refuse_id(id);
    END IF;
    path := ptflow.goal('what-an-author-says-is-a-comment', goal);
    last := "what-an-author-says-is-a-comment".present(id, NULL, NULL, caller);
    markings := ARRAY[last.marking::text];
    actions := ARRAY(SELECT t.action FROM "what-an-author-says-is-a-comment".transitions AS t
                      WHERE t.version = last.version
                          AND "what-an-author-says-is-a-comment".role_for(t.action, caller) IS NOT NULL
                      ORDER BY t.number);

    FOR depth IN 0 .. least(max_steps, most)::integer LOOP
        SELECT min(j.number) FILTER (WHERE j.is_met), bool_or(j.is_met IS NULL)
          INTO reached, is_unclear
          FROM (SELECT first - 1 + u.number AS number,
                       "what-an-author-says-is-a-comment".state_text(u.marking::integer[])::jsonb @@ path AS is_met
                  FROM unnest(markings[first :]) WITH ORDINALITY AS u (marking, number)) AS j;
        IF is_unclear THEN
            PERFORM ptflow.refuse_goal('what-an-author-says-is-a-comment', goal, 'it is neither true nor false');
        END IF;
        EXIT WHEN reached IS NOT NULL OR depth = max_steps;

        SELECT array_agg(n.marking ORDER BY n.parent, n.rank), array_agg(n.parent ORDER BY n.parent, n.rank),
               array_agg(n.action ORDER BY n.parent, n.rank)
          INTO next_markings, next_parents, next_fired
          FROM (SELECT DISTINCT ON (s.marking) s.marking, first - 1 + u.number AS parent, a.rank, a.action
                  FROM unnest(markings[first :]) WITH ORDINALITY AS u (marking, number)
                 CROSS JOIN unnest(actions) WITH ORDINALITY AS a (action, rank)
                 CROSS JOIN LATERAL (SELECT "what-an-author-says-is-a-comment".step(u.marking::integer[], a.action,
                         1)::text AS marking
                                     OFFSET 0) AS s
                 WHERE s.marking IS NOT NULL
                   AND NOT EXISTS (SELECT FROM unnest(markings) AS m (marking) WHERE m.marking = s.marking)
                 ORDER BY s.marking, u.number, a.rank) AS n;
        EXIT WHEN next_markings IS NULL;
        first := cardinality(markings) + 1::bigint;
        markings := markings || next_markings;
        parents := parents || next_parents;
        fired := fired || next_fired;
        IF cardinality(markings) > most THEN
            PERFORM ptflow.refuse_search('what-an-author-says-is-a-comment', max_steps, most);
        END IF;
    END LOOP;

    IF reached IS NULL THEN
        RETURN NULL;
    END IF;
    WHILE parents[reached] IS NOT NULL LOOP
        steps := jsonb_build_array(fired[reached]) || steps;
        reached := parents[reached];
    END LOOP;
    RETURN steps;
END;
$$;


-- Reading ----------------------------------------------------------------------------------------------------

-- The seq of an instance at a time: of its last event by then. NULL before its beginning, and where there is none.
CREATE FUNCTION "what-an-author-says-is-a-comment".seq_at(id text, moment timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    low      bigint := 0::bigint;
    high     bigint;
    middle   bigint;
    is_later boolean;
BEGIN
    SELECT e.seq, e.at > moment
      INTO high, is_later
      FROM "what-an-author-says-is-a-comment".events AS e
     WHERE e.id = id
     ORDER BY e.seq DESC
     LIMIT 1;
    IF is_later IS NOT TRUE THEN
        RETURN high;
    END IF;
    IF (SELECT e.at > moment FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id
        AND e.seq = 0) IS NOT FALSE THEN
        RETURN NULL;
    END IF;

    -- Times never go back along an instance: the event low is by then, the event high is later.
    WHILE high - low > 1 LOOP
        middle := low + (high - low) / 2;
        SELECT e.at > moment INTO is_later FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id
            AND e.seq = middle;
        IF is_later THEN
            high := middle;
        ELSE
            low := middle;
        END IF;
    END LOOP;
    RETURN low;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".read_state(id text, as_of_seq bigint, as_of_time timestamptz)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    last   "what-an-author-says-is-a-comment".events;
    number bigint;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
        LIMIT 1;
    IF last.seq IS NULL THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;

    IF as_of_seq IS NOT NULL OR as_of_time IS NOT NULL THEN
        number := coalesce(as_of_seq, "what-an-author-says-is-a-comment".seq_at(id, as_of_time));
        IF as_of_seq IS NOT NULL AND as_of_time IS NOT NULL OR (number BETWEEN 0 AND last.seq) IS NOT TRUE THEN
            PERFORM ptflow.refuse_as_of(
                        'what-an-author-says-is-a-comment', id, as_of_seq, as_of_time, last.seq,
                        (SELECT e.at FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id
                         AND e.seq = 0));
        END IF;
        SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id AND e.seq = number;
    END IF;

    RETURN jsonb_build_object(
        'net', 'what-an-author-says-is-a-comment',
        'id', id,
        'seq', last.seq,
        'state', "what-an-author-says-is-a-comment".state_text(last.marking),
        'at', last.at);
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".read_states_as_of(moment timestamptz, after_id text, "limit" bigint)
    RETURNS TABLE (id text, seq bigint, state jsonb, at timestamptz)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    IF moment IS NULL THEN
        PERFORM ptflow.refuse_null('time', 'a point in time');
    ELSIF "limit" < 0 THEN
        PERFORM ptflow.refuse_limit("limit");
    END IF;

    RETURN QUERY
        SELECT i.id, e.seq, "what-an-author-says-is-a-comment".state_text(e.marking)::jsonb, e.at
          FROM "what-an-author-says-is-a-comment".instances AS i
         CROSS JOIN LATERAL (SELECT e.seq, e.marking, e.at
                               FROM "what-an-author-says-is-a-comment".events AS e
                              WHERE e.id = i.id AND e.seq = "what-an-author-says-is-a-comment".seq_at(i.id, moment)
                              LIMIT 1) AS e
         WHERE after_id IS NULL OR i.id > after_id
         ORDER BY i.id
         LIMIT "limit";
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".read_diff(id text, from_seq bigint, to_seq bigint)
    RETURNS TABLE (place text, before bigint, after bigint, change bigint)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    last "what-an-author-says-is-a-comment".events;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
        LIMIT 1;
    IF last.seq IS NULL THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;
    IF (from_seq BETWEEN 0 AND last.seq) IS NOT TRUE THEN
        PERFORM ptflow.refuse_seq('what-an-author-says-is-a-comment', id, 'from_seq', from_seq, last.seq);
    ELSIF NOT to_seq BETWEEN 0 AND last.seq THEN
        PERFORM ptflow.refuse_seq('what-an-author-says-is-a-comment', id, 'to_seq', to_seq, last.seq);
    END IF;

    RETURN QUERY
        SELECT p.place, u.before::bigint, u.after::bigint, u.after::bigint - u.before
          FROM "what-an-author-says-is-a-comment".events AS b
          JOIN "what-an-author-says-is-a-comment".events AS a ON a.id = b.id AND a.seq = coalesce(to_seq, last.seq)
         CROSS JOIN LATERAL unnest(b.marking, a.marking) WITH ORDINALITY AS u (before, after, number)
          JOIN "what-an-author-says-is-a-comment".places AS p ON p.version = b.version AND p.number = u.number
         WHERE b.id = id
           AND b.seq = from_seq
           AND u.before <> u.after
         ORDER BY u.number;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".read_enabled(id text)
    RETURNS TABLE (action text, role text, may_fire boolean)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    last "what-an-author-says-is-a-comment".events;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
        LIMIT 1;
    IF last.seq IS NULL THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;

    RETURN QUERY
        SELECT t.action,
               r.role,
               ptflow.holds('what-an-author-says-is-a-comment', r.role)
          FROM "what-an-author-says-is-a-comment".transitions AS t
         CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, number)
         WHERE t.version = last.version
           AND t.action NOT IN (SELECT o.action
                                FROM "what-an-author-says-is-a-comment".obstacles(last.marking, last.version, NULL,
                   1) AS o)
         ORDER BY t.number, r.number;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".read_why_not(id text, action text, payload jsonb)
    RETURNS TABLE (condition text, place text, tokens bigint, need numeric, rule text, saw jsonb)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    last "what-an-author-says-is-a-comment".events;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    IF (SELECT t.roles FROM "what-an-author-says-is-a-comment".transitions AS t
          JOIN ptflow.nets AS n ON n.net = 'what-an-author-says-is-a-comment' AND n.version = t.version
              WHERE t.action = action) IS NULL THEN
        PERFORM ptflow.refuse_action('what-an-author-says-is-a-comment', id, action);
    END IF;
    SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
        LIMIT 1;
    IF last.seq IS NULL THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;

    RETURN QUERY
        SELECT o.condition, o.place, o.tokens, o.need, NULL::text, NULL::jsonb
          FROM "what-an-author-says-is-a-comment".obstacles(last.marking, last.version, action, 1) AS o
         ORDER BY o.number, o.rank;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".read_events(id text, after_seq bigint, "limit" bigint)
    RETURNS TABLE (seq bigint, action text, multiple bigint, payload jsonb, state jsonb, actor text, role text,
                   key text, at timestamptz, hash text)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    last "what-an-author-says-is-a-comment".events;
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    IF "limit" < 0 THEN
        PERFORM ptflow.refuse_limit("limit");
    END IF;
    SELECT e.* INTO last FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id ORDER BY e.seq DESC
        LIMIT 1;
    IF last.seq IS NULL THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;

    -- The beginning is no event that anybody fired.
    RETURN QUERY
        SELECT e.seq, e.action, coalesce(d.multiple, 1), e.payload,
            "what-an-author-says-is-a-comment".state_text(e.marking)::jsonb,
               e.actor, e.role, d.key, e.at, encode(e.hash, 'hex')
          FROM "what-an-author-says-is-a-comment".events  AS e
          LEFT JOIN "what-an-author-says-is-a-comment".details AS d ON d.id = e.id AND d.seq = e.seq
         WHERE e.id = id
           AND e.seq > greatest(after_seq, 0)
         ORDER BY e.seq
         LIMIT "limit";
END;
$$;


-- Feed -------------------------------------------------------------------------------------------------------

-- The first events of a range of transactions, each after the start of its slot. An instance is in the slot that its id
-- says: of one, or of as many as there are starts. A start that is NULL is somebody else's.
CREATE FUNCTION "what-an-author-says-is-a-comment".read_feed(starts ptflow.position[], low bigint, until bigint,
                                                             "limit" bigint, actions text[])
    RETURNS ptflow.feed_event[]
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    slots CONSTANT integer := cardinality(starts);
BEGIN
    RETURN ARRAY(
        SELECT ROW(e.txid, 'what-an-author-says-is-a-comment', e.id, e.seq, nullif(e.action, ''),
                   coalesce(d.multiple, 1), e.payload,
                   "what-an-author-says-is-a-comment".state_text(e.marking)::jsonb, e.actor, e.role, d.key, e.at,
                   encode(e.hash, 'hex'))::ptflow.feed_event
          FROM (SELECT e.*
                  FROM "what-an-author-says-is-a-comment".events AS e
                  JOIN unnest(starts) WITH ORDINALITY AS s (txid, net, id, seq, slot)
                    ON s.slot = CASE slots WHEN 1 THEN 1
                        ELSE 1 + get_byte(sha256(convert_to(e.id, 'UTF8')), 0) % slots END
                 WHERE e.txid >= low
                   AND e.txid < until
                   AND (e.txid, 'what-an-author-says-is-a-comment' COLLATE "C", e.id, e.seq) > (s.txid, s.net, s.id,
                           s.seq)
                   AND (actions IS NULL OR e.action = ANY (actions))
                 ORDER BY e.txid, e.id, e.seq
                 LIMIT "limit") AS e
          LEFT JOIN "what-an-author-says-is-a-comment".details AS d ON d.id = e.id AND d.seq = e.seq
         ORDER BY e.txid, e.id, e.seq);
END;
$$;


-- Redaction --------------------------------------------------------------------------------------------------
--
-- A payload and a key are chained by their hashes. So they can be taken out for ever, and the chain verifies. While it
-- happens nobody fires in this net.

CREATE FUNCTION "what-an-author-says-is-a-comment".redact(id text, from_seq bigint, to_seq bigint)
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    changed bigint;
BEGIN
    IF (from_seq >= 1 AND to_seq >= from_seq) IS NOT TRUE THEN
        PERFORM ptflow.refuse_argument('from_seq', from_seq::text, 'the first and the last event, from 1');
    ELSIF NOT EXISTS (SELECT FROM "what-an-author-says-is-a-comment".instances AS i WHERE i.id = id) THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;
    LOCK TABLE "what-an-author-says-is-a-comment".events IN SHARE ROW EXCLUSIVE MODE;

    ALTER TABLE "what-an-author-says-is-a-comment".redactions DISABLE TRIGGER kept;
    ALTER TABLE "what-an-author-says-is-a-comment".events DISABLE TRIGGER kept;
    INSERT INTO "what-an-author-says-is-a-comment".redactions AS r (id, seq, payload_hash, redacted_by)
    OVERRIDING SYSTEM VALUE
    SELECT e.id, e.seq, sha256(convert_to(e.payload::text, 'UTF8')), current_user
      FROM "what-an-author-says-is-a-comment".events AS e
     WHERE e.id = id
       AND e.seq BETWEEN from_seq AND to_seq
       AND NOT EXISTS (SELECT FROM "what-an-author-says-is-a-comment".redactions AS o
                        WHERE o.id = e.id AND o.seq = e.seq AND o.payload_hash IS NOT NULL)
        ON CONFLICT ON CONSTRAINT redactions_pkey DO UPDATE
       SET payload_hash = excluded.payload_hash, redacted_by = excluded.redacted_by,
           redacted_at = excluded.redacted_at;
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE "what-an-author-says-is-a-comment".events AS e
       SET payload = 'null'
     WHERE e.id = id
       AND e.seq BETWEEN from_seq AND to_seq
       AND e.payload <> 'null';
    ALTER TABLE "what-an-author-says-is-a-comment".redactions ENABLE TRIGGER kept;
    ALTER TABLE "what-an-author-says-is-a-comment".events ENABLE TRIGGER kept;
    RETURN changed;
END;
$$;

CREATE FUNCTION "what-an-author-says-is-a-comment".forget_keys(before timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    changed bigint;
BEGIN
    IF before IS NULL THEN
        PERFORM ptflow.refuse_null('before', 'the time before which keys are forgotten');
    END IF;
    LOCK TABLE "what-an-author-says-is-a-comment".events IN SHARE ROW EXCLUSIVE MODE;

    -- What says nothing any more goes.
    ALTER TABLE "what-an-author-says-is-a-comment".redactions DISABLE TRIGGER kept;
    ALTER TABLE "what-an-author-says-is-a-comment".details DISABLE TRIGGER kept;
    INSERT INTO "what-an-author-says-is-a-comment".redactions AS r (id, seq, key_hash, redacted_by)
    OVERRIDING SYSTEM VALUE
    SELECT d.id, d.seq, sha256(convert_to(d.key, 'UTF8')), current_user
      FROM "what-an-author-says-is-a-comment".details AS d
      JOIN "what-an-author-says-is-a-comment".events  AS e ON e.id = d.id AND e.seq = d.seq
     WHERE d.key IS NOT NULL
       AND e.at < before
        ON CONFLICT ON CONSTRAINT redactions_pkey DO UPDATE
       SET key_hash = excluded.key_hash, redacted_by = excluded.redacted_by, redacted_at = excluded.redacted_at;
    GET DIAGNOSTICS changed = ROW_COUNT;
    DELETE FROM "what-an-author-says-is-a-comment".details AS d
     USING "what-an-author-says-is-a-comment".redactions AS r
     WHERE r.id = d.id AND r.seq = d.seq AND r.key_hash IS NOT NULL AND d.multiple = 1;
    UPDATE "what-an-author-says-is-a-comment".details AS d
       SET key = NULL
      FROM "what-an-author-says-is-a-comment".redactions AS r
     WHERE r.id = d.id AND r.seq = d.seq AND r.key_hash IS NOT NULL AND d.key IS NOT NULL;
    ALTER TABLE "what-an-author-says-is-a-comment".redactions ENABLE TRIGGER kept;
    ALTER TABLE "what-an-author-says-is-a-comment".details ENABLE TRIGGER kept;
    RETURN changed;
END;
$$;


-- Verification -----------------------------------------------------------------------------------------------

-- Each event that does not follow from the one before it, of one instance or of all. An event is held against what is
-- stored of the event before it, so that a problem is told where it was made. What is not hashed is derived again:
-- from the net as data, by the event's version, and not by the functions that fire.
CREATE FUNCTION "what-an-author-says-is-a-comment".verify(id text)
    RETURNS TABLE (instance text, seq bigint, problem text, expected text, found text)
    LANGUAGE plpgsql
    STABLE
AS $$
#variable_conflict use_variable
DECLARE
    creators CONSTANT text[] := ARRAY['*', 'default'];
    -- No event is of this transaction or a later one, but those that this transaction itself has written.
    horizon  CONSTANT bigint   := ptflow.numbered(pg_snapshot_xmax(pg_current_snapshot())::text::bigint);
    own      CONSTANT bigint   := ptflow.numbered(txid_current_if_assigned());
BEGIN
    PERFORM ptflow.demand_read('what-an-author-says-is-a-comment');
    IF id IS NOT NULL AND NOT EXISTS (SELECT FROM "what-an-author-says-is-a-comment".instances AS i WHERE i.id = id)
       AND NOT EXISTS (SELECT FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = id)
    THEN
        PERFORM ptflow.refuse_instance('what-an-author-says-is-a-comment', id);
    END IF;

    RETURN QUERY
        WITH version AS MATERIALIZED (
            SELECT v.version, sha256(convert_to(v.canonical_form, 'UTF8')) AS digest, v.encoding,
                   ARRAY(SELECT p.initial FROM "what-an-author-says-is-a-comment".places AS p
                          WHERE p.version = v.version ORDER BY p.number)::integer[] AS initial
              FROM ptflow.net_versions AS v
             WHERE v.net = 'what-an-author-says-is-a-comment'
        ),
        chain AS (
            SELECT e.id, e.seq, e.at, e.version, e.txid, e.action, e.actor, e.role, e.marking,
                   e.payload, e.hash, coalesce(d.multiple, 1) AS multiple, d.key,
                   r.payload_hash AS redacted_hash, r.key_hash,
                   lag(e.seq, 1, -1::bigint)     OVER w AS seq_before,
                   lag(e.at)                     OVER w AS at_before,
                   lag(e.version)                OVER w AS version_before,
                   lag(e.hash)                   OVER w AS hash_before,
                   lag(e.marking)                OVER w AS marking_before,
                   lag(e.txid)                   OVER w AS txid_before
              FROM "what-an-author-says-is-a-comment".events  AS e
              LEFT JOIN "what-an-author-says-is-a-comment".details    AS d ON d.id = e.id AND d.seq = e.seq
              LEFT JOIN "what-an-author-says-is-a-comment".redactions AS r ON r.id = e.id AND r.seq = e.seq
             WHERE id IS NULL OR e.id = id
            WINDOW w AS (PARTITION BY e.id ORDER BY e.seq)
        ),
        judged AS (
            SELECT c.*, v.encoding, d.vector, d.resets,
                   CASE WHEN c.seq = 0 THEN creators ELSE array_prepend('*', t.roles) END AS roles,
                   c.txid < horizon OR c.txid IS NOT DISTINCT FROM own AS has_begun,
                   ptflow.is_storable(c.payload) AS is_storable,
                   CASE WHEN ptflow.is_storable(c.payload)
                        THEN sha256(coalesce(c.hash_before,
                                             sha256(convert_to(concat('ptflow 1,32:what-an-author-says-is-a-comment,64:'
                                                                      '', encode(v.digest, 'hex'), ',', length(c.id),
                                                                      ':', c.id, ','), 'UTF8')))
                                    || timestamptz_send(c.at)
                                    || coalesce(c.redacted_hash, sha256(convert_to(c.payload::text, 'UTF8')))
                                       || convert_to(format('%s,%s,%s:%s,%s:%s,%s', c.multiple,
                                                            coalesce('64:'
                                                                     || encode(coalesce(c.key_hash,
                                               sha256(convert_to(c.key, 'UTF8'))), 'hex'), ':'),
                                                            length(c.action), c.action, length(c.role), c.role,
                                                                c.actor), 'UTF8'))
                   END AS hash_due,
                   CASE WHEN c.seq = 0
                        THEN c.marking = v.initial
                        WHEN d.resets = '{}'
                        -- Dividing what was changed cannot overflow.
                        THEN array_dims(c.marking) IS NOT DISTINCT FROM array_dims(c.marking_before)
                             AND NOT EXISTS (SELECT FROM unnest(c.marking_before, c.marking, d.vector)
                                                    AS u (before, after, delta)
                                              WHERE CASE WHEN u.delta = 0 THEN u.after = u.before
                                                         WHEN u.before < 0 OR u.after < 0
                                                         THEN u.after = u.before + c.multiple::numeric * u.delta
                                                         ELSE (u.after - u.before) % u.delta = 0
                                                              AND (u.after - u.before) / u.delta = c.multiple
                                                    END IS NOT TRUE)
                        ELSE array_dims(c.marking) IS NOT DISTINCT FROM array_dims(c.marking_before)
                             AND NOT EXISTS (SELECT FROM unnest(c.marking_before, c.marking, d.vector)
                                                    WITH ORDINALITY AS u (before, after, delta, number)
                                              WHERE u.after IS DISTINCT FROM
                                                    CASE WHEN u.number = ANY (d.resets) THEN u.delta
                                                         ELSE u.before + c.multiple::numeric * u.delta END)
                   END AS follows
              FROM chain AS c
              LEFT JOIN version AS v ON v.version = c.version
              LEFT JOIN "what-an-author-says-is-a-comment".transitions AS t ON t.version = c.version
                  AND t.action = c.action
              LEFT JOIN "what-an-author-says-is-a-comment".delta       AS d ON d.version = c.version
                  AND d.action = c.action
            OFFSET 0
        )
        SELECT j.id, j.seq, p.problem, p.expected, p.found
          FROM judged AS j
         CROSS JOIN LATERAL (VALUES
               -- an event is missing before this one
               ('seq', j.seq = j.seq_before + 1, (j.seq_before + 1)::text, j.seq::text),
               -- the net has no such version, or an instance changed it
               ('version', j.encoding = 1 AND j.version = coalesce(j.version_before, j.version),
                j.version_before::text, j.version::text),
               -- what the event says is not what was hashed
               ('hash', j.hash_due = j.hash, encode(j.hash_due, 'hex'), encode(j.hash, 'hex')),
               -- the beginning fires nothing; all that follows fires a transition
               ('action', CASE WHEN j.seq = 0 THEN j.action = '' AND j.payload = '{}' AND j.key IS NULL
                               ELSE j.vector IS NOT NULL END,
                CASE WHEN j.seq = 0 THEN '' ELSE 'a transition of the net' END, j.action),
               ('multiple', j.multiple >= 1 AND (j.seq > 0 OR j.multiple = 1), 'at least 1', j.multiple::text),
               -- the marking is not the one before it plus what the transition changes
               ('marking', j.follows,
                (SELECT array_agg(CASE WHEN u.number = ANY (j.resets) THEN u.delta
                                       ELSE u.before + j.multiple::numeric * u.delta END ORDER BY u.number)
                   FROM unnest(j.marking_before, j.vector) WITH ORDINALITY AS u (before, delta, number))::text,
                j.marking::text),
               -- nobody, or no role that may do this
               ('actor', j.actor <> '', 'a role of the database', j.actor),
               ('role', j.role = ANY (j.roles), array_to_string(j.roles, ', '), j.role),
               -- a time before the one before it
               ('at', j.at >= coalesce(j.at_before, j.at), j.at_before::text, j.at::text),
               -- a transaction that has not begun: told once, of those that follow one another
               ('txid', j.has_begun OR j.txid_before >= horizon, format('less than %s', horizon), j.txid::text),
               ('txid', j.txid >= coalesce(j.txid_before, j.txid), format('at least %s', j.txid_before), j.txid::text),
               -- what a call would have refused
               ('key', coalesce(length(j.key), 1) BETWEEN 1 AND 255, '1 to 255 characters', j.key),
               ('redaction', (j.redacted_hash IS NULL OR j.payload = 'null' AND j.seq > 0)
                             AND (j.key_hash IS NULL OR j.key IS NULL),
                'nothing where something was taken out', coalesce(j.key, left(j.payload::text, 100))),
               ('payload', j.is_storable, 'a payload that can be stored', ptflow.payload_fault(j.payload))
               ) AS p (problem, holds, expected, found)
         WHERE (j.seq = j.seq_before + 1 AND j.hash_due = j.hash AND j.follows AND j.encoding = 1
                AND j.version = coalesce(j.version_before, j.version) AND j.multiple >= 1 AND j.actor <> ''
                AND j.at >= coalesce(j.at_before, j.at) AND j.role = ANY (j.roles) AND j.has_begun
                AND j.txid >= coalesce(j.txid_before, j.txid)
                AND coalesce(length(j.key), 1) BETWEEN 1 AND 255
                AND (j.redacted_hash IS NULL OR j.payload = 'null' AND j.seq > 0)
                AND (j.key_hash IS NULL OR j.key IS NULL)) IS NOT TRUE
           AND p.holds IS NOT TRUE
     UNION ALL
        -- the transition was not enabled
        SELECT j.id, j.seq, 'not enabled', format('%s at %s of %s', c.condition, o.need, p.place), o.held::text
          FROM chain AS j
          JOIN (SELECT c.* FROM "what-an-author-says-is-a-comment".conditions AS c OFFSET 0) AS c
              ON c.version = j.version AND c.action = j.action
          JOIN "what-an-author-says-is-a-comment".places AS p ON p.version = j.version AND p.number = c.number
         CROSS JOIN LATERAL ptflow.obstacle(c.relation, c.need, c.drift, c.after_reset,
                                            j.marking_before[c.number], j.multiple) AS o
         WHERE j.multiple <> 1
            OR CASE c.relation WHEN '>=' THEN j.marking_before[c.number] <  c.need
                               WHEN '<'  THEN j.marking_before[c.number] >= c.need
                               ELSE           j.marking_before[c.number] >  c.need END
     UNION ALL
        -- an instance without events, or events without an instance; or what no call makes
        SELECT coalesce(i.id, e.id), 0::bigint, 'instance', p.expected, p.found
          FROM "what-an-author-says-is-a-comment".instances AS i
          FULL JOIN (SELECT e.id FROM "what-an-author-says-is-a-comment".events AS e WHERE e.seq = 0) AS e
              ON e.id = i.id
         CROSS JOIN LATERAL (VALUES
               (e.id IS NOT NULL, 'an event 0', 'none'),
               (i.id IS NOT NULL, 'a row in instances', 'none'),
               (coalesce(i.seq, 0) = 0, 'seq 0', i.seq::text),
               (length(coalesce(i.id, e.id)) BETWEEN 1 AND 255, 'an id of 1 to 255 characters', coalesce(i.id, e.id))
               ) AS p (holds, expected, found)
         WHERE (id IS NULL OR coalesce(i.id, e.id) = id)
           AND NOT p.holds
     UNION ALL
        -- taken out of no event
        SELECT r.id, r.seq, 'redaction', 'an event', 'none'
          FROM "what-an-author-says-is-a-comment".redactions AS r
         WHERE (id IS NULL OR r.id = id)
           AND NOT EXISTS (SELECT FROM "what-an-author-says-is-a-comment".events AS e WHERE e.id = r.id
                           AND e.seq = r.seq)
     UNION ALL
        -- details of no event, or that say nothing
        SELECT d.id, d.seq, 'details', CASE WHEN e.id IS NULL THEN 'an event' ELSE 'a key, or more than one firing' END,
            'none'
          FROM "what-an-author-says-is-a-comment".details AS d
          LEFT JOIN "what-an-author-says-is-a-comment".events AS e ON e.id = d.id AND e.seq = d.seq
         WHERE (id IS NULL OR d.id = id)
           AND (e.id IS NULL OR d.key IS NULL AND d.multiple = 1)
         ORDER BY 1, 2, 3, 4;
END;
$$;


COMMENT ON FUNCTION "what-an-author-says-is-a-comment".step(integer[], text, bigint)
    IS 'The marking after a transition has fired; NULL when it cannot.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".role_for(text, text)
    IS 'The role under which a caller may fire an action; NULL when it may not.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".creating_role(text)
    IS 'The role under which a caller may make an instance; NULL when it may not.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".obstacles(integer[], integer, text, bigint)
    IS 'Each condition that keeps transitions from firing at a marking.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".explain(integer[], integer, text, bigint)
    IS 'The same of one action, as JSON.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".state_text(integer[])
    IS 'A marking as JSON, by the names of the places.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".begin_instance(text, text)
    IS 'Makes an instance, unless it is there.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".create_instance(text)
    IS 'Makes an instance: what ptflow_create calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".fire(text, text, jsonb, bigint, bigint, text)
    IS 'Fires a transition: what ptflow_dispatch calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".admit(text, text, jsonb, bigint, bigint, text, text)
    IS 'The role under which a call fires; refuses one that is malformed or not allowed.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".judge(integer[], integer, text, bigint, bigint, text, bigint)
    IS 'The marking after a firing; refuses one that is not expected or not enabled.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".fire_in_turn(text, text, jsonb, bigint, bigint, text, text)
    IS 'Fires a transition when it is the caller''s turn, or says why not.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".fire_many(ptflow.batch, boolean)
    IS 'Fires many transitions: what ptflow_dispatch_many calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".answer_again(text, text, jsonb, bigint, text)
    IS 'What the first call with a key was answered.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".present(text, text, bigint, text)
    IS 'The last event of an instance; of one that is not there, the beginning that it would get.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".try_firing(text, text, jsonb, bigint, bigint, text)
    IS 'What ptflow_try calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".simulate(text, jsonb) IS 'What ptflow_simulate calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".plan_firings(text, text, bigint) IS 'What ptflow_plan calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".seq_at(text, timestamptz)
    IS 'The seq of an instance at a time; NULL before its beginning.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_state(text, bigint, timestamptz)
    IS 'What ptflow_state calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_states_as_of(timestamptz, text, bigint)
    IS 'What ptflow_states_as_of calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_diff(text, bigint, bigint) IS 'What ptflow_diff calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_enabled(text) IS 'What ptflow_enabled calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_why_not(text, text, jsonb) IS 'What ptflow_why_not calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_events(text, bigint, bigint) IS 'What ptflow_events calls.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".read_feed(ptflow.position[], bigint, bigint, bigint, text[])
    IS 'The events of a range of transactions: what ptflow_feed and ptflow_receive call.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".redact(text, bigint, bigint)
    IS 'Takes the payloads out of events of an instance; how many.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".forget_keys(timestamptz)
    IS 'Takes the keys out of events before a time; how many.';
COMMENT ON FUNCTION "what-an-author-says-is-a-comment".verify(text)
    IS 'Checks the log against the net: what ptflow_verify calls.';


-- The second wall --------------------------------------------------------------------------------------------
--
-- The rights keep everybody else out, the domain keeps every marking possible. This keeps the owner's hands off: an
-- INSERT meets a sequence that has run out, and nothing that happened is changed or removed.

DO $$
BEGIN PERFORM setval(pg_get_serial_sequence('"what-an-author-says-is-a-comment".events', 'seq'), 0, true); END;
$$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "what-an-author-says-is-a-comment".events
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();

DO $$
BEGIN PERFORM setval(pg_get_serial_sequence('"what-an-author-says-is-a-comment".details', 'seq'), 0, true); END;
$$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "what-an-author-says-is-a-comment".details
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();

DO $$
BEGIN PERFORM setval(pg_get_serial_sequence('"what-an-author-says-is-a-comment".redactions', 'seq'), 0, true); END;
$$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "what-an-author-says-is-a-comment".redactions
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();

DO $$
BEGIN PERFORM setval(pg_get_serial_sequence('"what-an-author-says-is-a-comment".instances', 'seq'), 0, true); END;
$$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "what-an-author-says-is-a-comment".instances
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();


-- Catalogue --------------------------------------------------------------------------------------------------

DO $$
BEGIN
    IF EXISTS (WITH wanted AS MATERIALIZED (SELECT 'what-an-author-says-is-a-comment'::text AS net)
               SELECT n.net
                 FROM ptflow.nets AS n, wanted AS w
                WHERE n.net <> w.net
                  AND CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(n.net) = normalize(w.net) END) THEN
        RAISE EXCEPTION 'a net with the name % in another Unicode normal form is installed',
            'what-an-author-says-is-a-comment'
            USING ERRCODE = 'duplicate_object',
                  HINT    = 'Install this one under another name: ptflow compile FILE --as NAME';
    END IF;
END;
$$;

INSERT INTO ptflow.nets AS n (net, schema_name, version, digest) VALUES
    ('what-an-author-says-is-a-comment', 'what-an-author-says-is-a-comment',
     ptflow.next_version('what-an-author-says-is-a-comment'),
     '\xa849a9b8717646b72924409ab4bda5e2bc9f0b279c62fbc8d75858bb8114ed45')
    ON CONFLICT (net) DO UPDATE SET version = excluded.version, digest = excluded.digest;

INSERT INTO ptflow.net_versions (net, version, digest, encoding, canonical_form, file, format, source)
SELECT n.net, n.version, n.digest, 1,
       E'place "here" initial 1\n'
        'place "there" initial 0\n'
        'transition "go" roles "default"\n'
        'arc "go" input "here" 1\n'
        'arc "go" output "there" 1\n',
       'net.ptflow.yaml', 'native',
       E'about: |\n'
        '  It''s a net\n'
        '  of two lines.\n'
        'places:\n'
        '  here: {start: 1, about: Where the one token is.}\n'
        '  there:\n'
        'transitions:\n'
        '  go: {takes: here, gives: there, about: There is no way back.}\n'
  FROM ptflow.nets AS n
 WHERE n.net = 'what-an-author-says-is-a-comment';

DELETE FROM ptflow.rights AS r WHERE r.net = 'what-an-author-says-is-a-comment';
INSERT INTO ptflow.rights (net, privilege, role, type_name) VALUES
    ('what-an-author-says-is-a-comment', 'fire',    'default', 'role_default'),
    ('what-an-author-says-is-a-comment', 'fire',    '*',       'role_*'),
    ('what-an-author-says-is-a-comment', 'read',    '',        'reader'),
    ('what-an-author-says-is-a-comment', 'gateway', '',        'gateway');

-- What the schema holds, in the order in which it was made; and who may call what of it.
DELETE FROM ptflow.objects AS o WHERE o.net = 'what-an-author-says-is-a-comment';
INSERT INTO ptflow.objects (net, number, kind, name, arguments, callers) VALUES
    ('what-an-author-says-is-a-comment', 1,  'DOMAIN',   'marking',           '',
     NULL),
    ('what-an-author-says-is-a-comment', 2,  'DOMAIN',   'role_default',      '',
     NULL),
    ('what-an-author-says-is-a-comment', 3,  'DOMAIN',   'role_*',            '',
     NULL),
    ('what-an-author-says-is-a-comment', 4,  'DOMAIN',   'reader',            '',
     NULL),
    ('what-an-author-says-is-a-comment', 5,  'DOMAIN',   'gateway',           '',
     NULL),
    ('what-an-author-says-is-a-comment', 6,  'TABLE',    'places',            '',
     NULL),
    ('what-an-author-says-is-a-comment', 7,  'TABLE',    'transitions',       '',
     NULL),
    ('what-an-author-says-is-a-comment', 8,  'TABLE',    'arcs',              '',
     NULL),
    ('what-an-author-says-is-a-comment', 9,  'TABLE',    'conditions',        '',
     NULL),
    ('what-an-author-says-is-a-comment', 10, 'TABLE',    'delta',             '',
     NULL),
    ('what-an-author-says-is-a-comment', 11, 'TABLE',    'events',            '',
     NULL),
    ('what-an-author-says-is-a-comment', 12, 'TABLE',    'details',           '',
     NULL),
    ('what-an-author-says-is-a-comment', 13, 'TABLE',    'redactions',        '',
     NULL),
    ('what-an-author-says-is-a-comment', 14, 'TABLE',    'instances',         '',
     NULL),
    ('what-an-author-says-is-a-comment', 15, 'VIEW',     'states',            '',
     NULL),
    ('what-an-author-says-is-a-comment', 16, 'VIEW',     'history',           '',
     NULL),
    ('what-an-author-says-is-a-comment', 17, 'FUNCTION', 'step',              'integer[], text, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 18, 'FUNCTION', 'role_for',          'text, text',
     NULL),
    ('what-an-author-says-is-a-comment', 19, 'FUNCTION', 'creating_role',     'text',
     NULL),
    ('what-an-author-says-is-a-comment', 20, 'FUNCTION', 'obstacles',         'integer[], integer, text, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 21, 'FUNCTION', 'explain',           'integer[], integer, text, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 22, 'FUNCTION', 'state_text',        'integer[]',
     NULL),
    ('what-an-author-says-is-a-comment', 23, 'FUNCTION', 'begin_instance',    'text, text',
     NULL),
    ('what-an-author-says-is-a-comment', 24, 'FUNCTION', 'create_instance',   'text',
     NULL),
    ('what-an-author-says-is-a-comment', 25, 'FUNCTION', 'fire',              'text, text, jsonb, bigint, bigint, text',
     NULL),
    ('what-an-author-says-is-a-comment', 26, 'FUNCTION', 'admit',
     'text, text, jsonb, bigint, bigint, text, text',          NULL),
    ('what-an-author-says-is-a-comment', 27, 'FUNCTION', 'judge',
     'integer[], integer, text, bigint, bigint, text, bigint', NULL),
    ('what-an-author-says-is-a-comment', 28, 'FUNCTION', 'fire_in_turn',
     'text, text, jsonb, bigint, bigint, text, text',          NULL),
    ('what-an-author-says-is-a-comment', 29, 'FUNCTION', 'fire_many',         'ptflow.batch, boolean',
     NULL),
    ('what-an-author-says-is-a-comment', 30, 'FUNCTION', 'answer_again',      'text, text, jsonb, bigint, text',
     NULL),
    ('what-an-author-says-is-a-comment', 31, 'FUNCTION', 'present',           'text, text, bigint, text',
     NULL),
    ('what-an-author-says-is-a-comment', 32, 'FUNCTION', 'try_firing',        'text, text, jsonb, bigint, bigint, text',
     NULL),
    ('what-an-author-says-is-a-comment', 33, 'FUNCTION', 'simulate',          'text, jsonb',
     NULL),
    ('what-an-author-says-is-a-comment', 34, 'FUNCTION', 'plan_firings',      'text, text, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 35, 'FUNCTION', 'seq_at',            'text, timestamptz',
     NULL),
    ('what-an-author-says-is-a-comment', 36, 'FUNCTION', 'read_state',        'text, bigint, timestamptz',
     NULL),
    ('what-an-author-says-is-a-comment', 37, 'FUNCTION', 'read_states_as_of', 'timestamptz, text, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 38, 'FUNCTION', 'read_diff',         'text, bigint, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 39, 'FUNCTION', 'read_enabled',      'text',
     NULL),
    ('what-an-author-says-is-a-comment', 40, 'FUNCTION', 'read_why_not',      'text, text, jsonb',
     NULL),
    ('what-an-author-says-is-a-comment', 41, 'FUNCTION', 'read_events',       'text, bigint, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 42, 'FUNCTION', 'read_feed',
     'ptflow.position[], bigint, bigint, bigint, text[]',      NULL),
    ('what-an-author-says-is-a-comment', 43, 'FUNCTION', 'redact',            'text, bigint, bigint',
     NULL),
    ('what-an-author-says-is-a-comment', 44, 'FUNCTION', 'forget_keys',       'timestamptz',
     NULL),
    ('what-an-author-says-is-a-comment', 45, 'FUNCTION', 'verify',            'text',
     NULL),
    ('what-an-author-says-is-a-comment', 46, 'FUNCTION', 'go',                'text, jsonb, bigint, bigint, text',
     ARRAY['default']);

DO $$
BEGIN
    PERFORM ptflow.seal('what-an-author-says-is-a-comment');
    PERFORM ptflow.add_administrator('what-an-author-says-is-a-comment');
END;
$$;
