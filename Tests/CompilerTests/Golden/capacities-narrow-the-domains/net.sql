-- The net capacities-narrow-the-domains, compiled by ptflow from net.pflow. Do not edit: change the net.
--
--   place         column        initial   capacity
--   -----         ------        -------   --------
--   bit           bit           1         1
--   another bit   another bit   0         1
--   store         store         0         40000
--   world         world         0         8000000000

CREATE SCHEMA "capacities-narrow-the-domains";

COMMENT ON SCHEMA "capacities-narrow-the-domains" IS 'ptflow net: 4 places, 2 transitions.';


-- Token counts -----------------------------------------------------------------------------------------------

CREATE DOMAIN "capacities-narrow-the-domains".token AS bigint CONSTRAINT token_range CHECK (VALUE >= 0);

CREATE DOMAIN "capacities-narrow-the-domains".token_1 AS smallint CONSTRAINT token_1_range CHECK (VALUE BETWEEN 0 AND 1);

CREATE DOMAIN "capacities-narrow-the-domains".token_2 AS smallint CONSTRAINT token_2_range CHECK (VALUE BETWEEN 0 AND 2);

CREATE DOMAIN "capacities-narrow-the-domains".token_40000 AS integer CONSTRAINT token_40000_range CHECK (VALUE BETWEEN 0 AND 40000);


-- The net as data --------------------------------------------------------------------------------------------

CREATE TABLE "capacities-narrow-the-domains".places (
    place       text     COLLATE "C" NOT NULL,
    number      integer  NOT NULL,
    column_name name     NOT NULL,
    initial     bigint   NOT NULL,
    capacity    bigint,
    x           double precision,
    y           double precision,
    CONSTRAINT places_pkey   PRIMARY KEY (place),
    CONSTRAINT places_number UNIQUE (number),
    CONSTRAINT places_column UNIQUE (column_name)
);

COMMENT ON TABLE  "capacities-narrow-the-domains".places             IS 'The places; a marking counts their tokens in the order of number.';
COMMENT ON COLUMN "capacities-narrow-the-domains".places.column_name IS 'The column of states and delta that stands for the place.';

CREATE TABLE "capacities-narrow-the-domains".transitions (
    action        text     COLLATE "C" NOT NULL,
    number        integer  NOT NULL,
    function_name name     NOT NULL,
    roles         text[]   COLLATE "C" NOT NULL,
    x             double precision,
    y             double precision,
    CONSTRAINT transitions_pkey     PRIMARY KEY (action),
    CONSTRAINT transitions_number   UNIQUE (number),
    CONSTRAINT transitions_function UNIQUE (function_name)
);

COMMENT ON TABLE  "capacities-narrow-the-domains".transitions       IS 'The transitions; to fire one is an action.';
COMMENT ON COLUMN "capacities-narrow-the-domains".transitions.roles IS 'Who holds one of these, or *, may fire it.';

CREATE TABLE "capacities-narrow-the-domains".arcs (
    action text   COLLATE "C" NOT NULL,
    place  text   COLLATE "C" NOT NULL,
    kind   text   COLLATE "C" NOT NULL,
    weight bigint NOT NULL,
    CONSTRAINT arcs_pkey   PRIMARY KEY (action, place, kind),
    CONSTRAINT arcs_action FOREIGN KEY (action) REFERENCES "capacities-narrow-the-domains".transitions,
    CONSTRAINT arcs_place  FOREIGN KEY (place)  REFERENCES "capacities-narrow-the-domains".places,
    CONSTRAINT arcs_kind   CHECK (kind IN ('input', 'read', 'inhibitor', 'reset', 'output')),
    CONSTRAINT arcs_weight CHECK (weight >= 1)
);

COMMENT ON TABLE "capacities-narrow-the-domains".arcs IS 'What each transition takes, reads, must not find, empties and puts.';

CREATE TABLE "capacities-narrow-the-domains".delta (
    action         text COLLATE "C" NOT NULL,
    "bit"          bigint NOT NULL,
    "another bit"  bigint NOT NULL,
    store          bigint NOT NULL,
    world          bigint NOT NULL,
    CONSTRAINT delta_pkey   PRIMARY KEY (action),
    CONSTRAINT delta_action FOREIGN KEY (action) REFERENCES "capacities-narrow-the-domains".transitions
);

COMMENT ON TABLE "capacities-narrow-the-domains".delta IS
    'What one firing adds to each place; to a place that it resets, after emptying it.';

INSERT INTO "capacities-narrow-the-domains".places VALUES
    ('bit',         1, 'bit',         1, 1,          NULL, NULL),
    ('another bit', 2, 'another bit', 0, 1,          NULL, NULL),
    ('store',       3, 'store',       0, 40000,      NULL, NULL),
    ('world',       4, 'world',       0, 8000000000, NULL, NULL);

INSERT INTO "capacities-narrow-the-domains".transitions VALUES
    ('swap', 1, 'swap', ARRAY['default'], NULL, NULL),
    ('make', 2, 'make', ARRAY['default'], NULL, NULL);

INSERT INTO "capacities-narrow-the-domains".arcs VALUES
    ('swap', 'bit',         'input',  1),
    ('swap', 'another bit', 'output', 1),
    ('make', 'store',       'output', 20000),
    ('make', 'world',       'output', 1);

INSERT INTO "capacities-narrow-the-domains".delta VALUES
    ('swap', -1, 1, 0,     0),
    ('make', 0,  0, 20000, 1);

-- What a transition asks of one place, and does to it: its arcs there, side by side.
CREATE VIEW "capacities-narrow-the-domains".effects AS
    SELECT a.action,
           a.place,
           p.number,
           p.capacity,
           coalesce(max(a.weight) FILTER (WHERE a.kind = 'input'),  0) AS input,
           coalesce(max(a.weight) FILTER (WHERE a.kind = 'output'), 0) AS output,
           max(a.weight) FILTER (WHERE a.kind = 'read')                AS reads,
           max(a.weight) FILTER (WHERE a.kind = 'inhibitor')           AS inhibitor,
           bool_or(a.kind = 'reset')                                   AS resets
      FROM "capacities-narrow-the-domains".arcs   AS a
      JOIN "capacities-narrow-the-domains".places AS p ON p.place = a.place
     GROUP BY a.action, a.place, p.number, p.capacity;

COMMENT ON VIEW "capacities-narrow-the-domains".effects IS 'What a transition asks of one place, and does to it.';


-- Instances --------------------------------------------------------------------------------------------------

-- One row an instance, one column a place: how many tokens it holds.
CREATE TABLE "capacities-narrow-the-domains".states (
    id             text                                         COLLATE "C" NOT NULL,
    seq            bigint                                       NOT NULL DEFAULT 0,
    head           bytea                                        NOT NULL,
    net_version    integer                                      NOT NULL,
    created_at     timestamptz                                  NOT NULL,
    updated_at     timestamptz                                  NOT NULL,
    "bit"          "capacities-narrow-the-domains".token_1      NOT NULL DEFAULT 1,
    "another bit"  "capacities-narrow-the-domains".token_1      NOT NULL DEFAULT 0,
    store          "capacities-narrow-the-domains".token_40000  NOT NULL DEFAULT 0,
    world          "capacities-narrow-the-domains".token_2      NOT NULL DEFAULT 0,
    CONSTRAINT states_pkey PRIMARY KEY (id)
)
WITH (fillfactor = 80);

COMMENT ON TABLE  "capacities-narrow-the-domains".states             IS 'The instances and their markings, one column a place.';
COMMENT ON COLUMN "capacities-narrow-the-domains".states.seq         IS 'How many events the instance has had.';
COMMENT ON COLUMN "capacities-narrow-the-domains".states.head        IS 'The hash of its last event; before the first, of its beginning.';
COMMENT ON COLUMN "capacities-narrow-the-domains".states.net_version IS 'The version of the net that it runs.';

-- One row an event, in the order in which they happened to their instance. Nothing is ever changed here.
CREATE TABLE "capacities-narrow-the-domains".events (
    id       text        COLLATE "C" NOT NULL,
    seq      bigint      NOT NULL,
    position bigint      NOT NULL DEFAULT nextval('ptflow.position'),
    txid     xid8        NOT NULL DEFAULT pg_current_xact_id(),
    action   text        COLLATE "C" NOT NULL,
    multiple bigint      NOT NULL,
    payload  jsonb       NOT NULL,
    marking  integer[]   NOT NULL,
    actor    text        COLLATE "C" NOT NULL,
    role     text        COLLATE "C" NOT NULL,
    key      text        COLLATE "C",
    at       timestamptz NOT NULL,
    hash     bytea       NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (id, seq)
);

CREATE UNIQUE INDEX events_key ON "capacities-narrow-the-domains".events (id, key) WHERE key IS NOT NULL;

COMMENT ON TABLE  "capacities-narrow-the-domains".events          IS 'The events, in the order of seq for each instance.';
COMMENT ON COLUMN "capacities-narrow-the-domains".events.position IS 'Order over all nets; not a cursor by itself, go by (txid, position).';
COMMENT ON COLUMN "capacities-narrow-the-domains".events.marking  IS 'The tokens after the event, in the order of places.number.';
COMMENT ON COLUMN "capacities-narrow-the-domains".events.actor    IS 'The role of the database that fired it.';
COMMENT ON COLUMN "capacities-narrow-the-domains".events.role     IS 'The role of the net under which it was fired.';
COMMENT ON COLUMN "capacities-narrow-the-domains".events.key      IS 'The caller''s own name for the event; a retry gives it again.';
COMMENT ON COLUMN "capacities-narrow-the-domains".events.hash     IS 'sha-256 over the hash before it and what this row says.';


-- Laws -------------------------------------------------------------------------------------------------------
--
-- In every marking that the net can reach:
--
--   bit + another bit = 1
--   store - 20000·world = 0

-- One of them is checked, as a second wall beside the domains.
ALTER TABLE "capacities-narrow-the-domains".states ADD CONSTRAINT states_law CHECK ("bit" + "another bit" = 1);
COMMENT ON CONSTRAINT states_law ON "capacities-narrow-the-domains".states IS 'bit + another bit = 1';

COMMENT ON COLUMN "capacities-narrow-the-domains".states.world IS 'At most 2: -store + 20000·world = 0';


-- Roles ------------------------------------------------------------------------------------------------------
--
-- A view for each role, which nobody reads: who has the right to SELECT from it holds the role. So PostgreSQL itself
-- knows who does, without looking into a table. ptflow.sync_privileges gives these rights as ptflow.grants says.

CREATE VIEW "capacities-narrow-the-domains".ptflow_as_default AS SELECT 'default' AS role;
REVOKE ALL ON "capacities-narrow-the-domains".ptflow_as_default FROM PUBLIC, current_user;

CREATE VIEW "capacities-narrow-the-domains"."ptflow_as_*" AS SELECT '*' AS role;
REVOKE ALL ON "capacities-narrow-the-domains"."ptflow_as_*" FROM PUBLIC, current_user;


-- Transitions ------------------------------------------------------------------------------------------------
--
-- Each fires with one UPDATE, which decides, and one INSERT. The UPDATE locks the instance, so two sessions cannot
-- take the same token. Only when it finds nothing is the reason looked for.

-- swap: bit -> another bit; by default
CREATE FUNCTION "capacities-narrow-the-domains".swap(
    id       text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
    holder CONSTANT text        := CASE WHEN has_table_privilege(caller, '"capacities-narrow-the-domains"."ptflow_as_*"'::regclass, 'SELECT') THEN '*'
                                        WHEN has_table_privilege(caller, '"capacities-narrow-the-domains"."ptflow_as_default"'::regclass, 'SELECT') THEN 'default'
                                        ELSE ptflow.claimed_role('capacities-narrow-the-domains', ARRAY['default'], caller)
                                   END;
    moment CONSTANT timestamptz := clock_timestamp();
    body   CONSTANT text        := payload::text;
    writing         text;
    answer          jsonb;
    now_seq         bigint;
    now_at          timestamptz;
    now_head        bytea;
    now_marking     integer[];
BEGIN
    IF key IS NOT NULL OR holder IS NULL OR body IS NULL OR multiple < 1 OR multiple IS NULL THEN
        answer := "capacities-narrow-the-domains".ptflow_prepare(id, 'swap', payload, multiple, expected, key, holder);
        IF answer IS NOT NULL THEN
            RETURN answer;
        END IF;
    END IF;

    FOR attempt IN 1 .. 100 LOOP
        writing := set_config('ptflow.writing', 'on', true);
        UPDATE "capacities-narrow-the-domains".states AS s
           SET "bit"         = s."bit" - multiple,
               "another bit" = s."another bit" + multiple,
               seq           = s.seq + 1,
               updated_at    = greatest(s.updated_at, moment),
               head          = sha256(s.head || convert_to(format(
                                          '%s:%s,4:swap,%s,%s:%s,%s:%s,%s:%s,%s,%s,%s:%s,%s',
                                          length(id), id, multiple, length(body), body,
                                          length(caller), caller, length(key), key,
                                          s.seq + 1, (extract(epoch FROM greatest(s.updated_at, moment)) * 1000000)::bigint, length(holder), holder,
                                          ARRAY[s."bit" - multiple, s."another bit" + multiple, s.store, s.world]::integer[]), 'UTF8'))
         WHERE s.id = id
           AND (expected IS NULL OR s.seq = expected)
           AND s."bit" >= multiple
           AND 1 - s."another bit" >= multiple
     RETURNING s.seq, s.updated_at, s.head, ARRAY[s."bit", s."another bit", s.store, s.world]::integer[]
          INTO now_seq, now_at, now_head, now_marking;

        IF FOUND THEN
            INSERT INTO "capacities-narrow-the-domains".events
                   (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
            VALUES (id, now_seq, 'swap', multiple, payload, now_marking, caller, holder, key, now_at, now_head);
            writing := set_config('ptflow.writing', '', true);

            RETURN format('{"at": %s, "id": %s, "net": "capacities-narrow-the-domains", "seq": %s, "hash": "%s", "state": %s, "action": "swap", "multiple": %s, "replayed": false}',
                               to_json(now_at), to_json(id), now_seq, encode(now_head, 'hex'),
                               format('{"bit": %1$s, "store": %3$s, "world": %4$s, "another bit": %2$s}', VARIADIC now_marking),
                               multiple)::jsonb;
        END IF;

        -- Refuses with the reason, unless the instance had to begin first or has changed since.
        PERFORM "capacities-narrow-the-domains".ptflow_settle(id, 'swap', multiple, expected);
    END LOOP;

    PERFORM ptflow.refuse_busy('capacities-narrow-the-domains', id, 'swap');
    RETURN NULL;
END;
$$;

-- make: nothing -> 20000 store, world; by default
CREATE FUNCTION "capacities-narrow-the-domains".make(
    id       text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
    holder CONSTANT text        := CASE WHEN has_table_privilege(caller, '"capacities-narrow-the-domains"."ptflow_as_*"'::regclass, 'SELECT') THEN '*'
                                        WHEN has_table_privilege(caller, '"capacities-narrow-the-domains"."ptflow_as_default"'::regclass, 'SELECT') THEN 'default'
                                        ELSE ptflow.claimed_role('capacities-narrow-the-domains', ARRAY['default'], caller)
                                   END;
    moment CONSTANT timestamptz := clock_timestamp();
    body   CONSTANT text        := payload::text;
    writing         text;
    answer          jsonb;
    now_seq         bigint;
    now_at          timestamptz;
    now_head        bytea;
    now_marking     integer[];
BEGIN
    IF key IS NOT NULL OR holder IS NULL OR body IS NULL OR multiple < 1 OR multiple IS NULL THEN
        answer := "capacities-narrow-the-domains".ptflow_prepare(id, 'make', payload, multiple, expected, key, holder);
        IF answer IS NOT NULL THEN
            RETURN answer;
        END IF;
    END IF;

    FOR attempt IN 1 .. 100 LOOP
        writing := set_config('ptflow.writing', 'on', true);
        UPDATE "capacities-narrow-the-domains".states AS s
           SET store      = s.store + 20000 * least(multiple, 461168601842738),
               world      = s.world + multiple,
               seq        = s.seq + 1,
               updated_at = greatest(s.updated_at, moment),
               head       = sha256(s.head || convert_to(format(
                                       '%s:%s,4:make,%s,%s:%s,%s:%s,%s:%s,%s,%s,%s:%s,%s',
                                       length(id), id, multiple, length(body), body,
                                       length(caller), caller, length(key), key,
                                       s.seq + 1, (extract(epoch FROM greatest(s.updated_at, moment)) * 1000000)::bigint, length(holder), holder,
                                       ARRAY[s."bit", s."another bit", s.store + 20000 * least(multiple, 461168601842738), s.world + multiple]::integer[]), 'UTF8'))
         WHERE s.id = id
           AND (expected IS NULL OR s.seq = expected)
           AND (40000 - s.store) / 20000 >= multiple
           AND 8000000000 - s.world >= multiple
     RETURNING s.seq, s.updated_at, s.head, ARRAY[s."bit", s."another bit", s.store, s.world]::integer[]
          INTO now_seq, now_at, now_head, now_marking;

        IF FOUND THEN
            INSERT INTO "capacities-narrow-the-domains".events
                   (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
            VALUES (id, now_seq, 'make', multiple, payload, now_marking, caller, holder, key, now_at, now_head);
            writing := set_config('ptflow.writing', '', true);

            RETURN format('{"at": %s, "id": %s, "net": "capacities-narrow-the-domains", "seq": %s, "hash": "%s", "state": %s, "action": "make", "multiple": %s, "replayed": false}',
                               to_json(now_at), to_json(id), now_seq, encode(now_head, 'hex'),
                               format('{"bit": %1$s, "store": %3$s, "world": %4$s, "another bit": %2$s}', VARIADIC now_marking),
                               multiple)::jsonb;
        END IF;

        -- Refuses with the reason, unless the instance had to begin first or has changed since.
        PERFORM "capacities-narrow-the-domains".ptflow_settle(id, 'make', multiple, expected);
    END LOOP;

    PERFORM ptflow.refuse_busy('capacities-narrow-the-domains', id, 'make');
    RETURN NULL;
END;
$$;


-- The beginning of an instance -------------------------------------------------------------------------------

-- A marking as JSON, by the places' own names.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_marking(marking integer[])
    RETURNS jsonb
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN format('{"bit": %1$s, "store": %3$s, "world": %4$s, "another bit": %2$s}', VARIADIC marking)::jsonb;
END;
$$;

-- The hash before an instance's first event: it binds the chain to the net, the instance and its beginning.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_genesis(id text, created_at timestamptz)
    RETURNS bytea
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN sha256(convert_to(concat(
               length('capacities-narrow-the-domains'), ':', 'capacities-narrow-the-domains', ',64:', '41dbcfe7ebb84da02379c0d57e6b085104a358575b0726d868adb73fb1ad4606', ',',
               length(id), ':', id, ',', (extract(epoch FROM created_at) * 1000000)::bigint, ',', '{1,0,0,0}'), 'UTF8'));
END;
$$;

-- Makes an instance in the initial marking, unless it is there. Answers whether it was this call that made it.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_begin(id text)
    RETURNS boolean
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    moment CONSTANT timestamptz := clock_timestamp();
    writing text;
    made    boolean;
BEGIN
    IF id IS NULL OR id = '' OR length(id) > 255 THEN
        PERFORM ptflow.refuse_id(id);
    END IF;
    PERFORM ptflow.demand_create('capacities-narrow-the-domains');

    writing := set_config('ptflow.writing', 'on', true);
    INSERT INTO "capacities-narrow-the-domains".states (id, head, net_version, created_at, updated_at)
    SELECT id, "capacities-narrow-the-domains".ptflow_genesis(id, moment), n.version, moment, moment
      FROM ptflow.nets AS n
     WHERE n.net = 'capacities-narrow-the-domains'
        ON CONFLICT DO NOTHING;
    made := FOUND;
    writing := set_config('ptflow.writing', '', true);
    RETURN made;
END;
$$;

CREATE FUNCTION "capacities-narrow-the-domains".ptflow_create(id text)
    RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    began    timestamptz;
    replayed boolean;
BEGIN
    replayed := NOT "capacities-narrow-the-domains".ptflow_begin(id);

    SELECT s.created_at INTO STRICT began FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id;
    RETURN jsonb_build_object(
        'net', 'capacities-narrow-the-domains',
        'id', id,
        'seq', 0,
        'action', NULL,
        'multiple', NULL,
        'state', "capacities-narrow-the-domains".ptflow_marking('{1,0,0,0}'),
        'hash', encode("capacities-narrow-the-domains".ptflow_genesis(id, began), 'hex'),
        'at', began,
        'replayed', replayed);
END;
$$;


-- Dispatch ---------------------------------------------------------------------------------------------------

-- Each condition that keeps transitions from firing at a marking: of one action, or of all.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_obstacles(marking integer[], multiple bigint, of_action text)
    RETURNS TABLE (action text, number integer, place text, rank integer, condition text, tokens bigint,
                   need numeric)
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    RETURN QUERY
        SELECT e.action, e.number, e.place, o.rank, o.condition, o.held, o.need
          FROM "capacities-narrow-the-domains".effects AS e
         CROSS JOIN LATERAL ptflow.obstacles(
                   marking[e.number], e.input, e.output, e.reads, e.inhibitor, e.resets, e.capacity, multiple) AS o
         WHERE of_action IS NULL OR e.action = of_action;
END;
$$;

-- Where a firing found nothing to do: begins the instance if it is not there, or refuses with the reason.
-- Comes back when the instance has begun, or has changed since, so that firing is worth another try.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_settle(id text, action text, multiple bigint, expected bigint)
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    found_seq     bigint;
    found_marking integer[];
    obstacles     jsonb;
BEGIN
    PERFORM ptflow.refuse_arguments(id, action, '{}', multiple, expected, NULL);

    SELECT s.seq, ARRAY[s."bit", s."another bit", s.store, s.world]::integer[]
      INTO found_seq, found_marking
      FROM "capacities-narrow-the-domains".states AS s
     WHERE s.id = id;

    IF expected <> coalesce(found_seq, 0) THEN
        PERFORM ptflow.refuse_expected('capacities-narrow-the-domains', id, action, expected, coalesce(found_seq, 0));
    END IF;

    IF found_seq IS NULL THEN
        PERFORM "capacities-narrow-the-domains".ptflow_begin(id);
        RETURN;
    END IF;

    SELECT jsonb_agg(jsonb_build_object('place', o.place, 'condition', o.condition,
                                        'tokens', o.tokens, 'need', o.need) ORDER BY o.number, o.rank)
      INTO obstacles
      FROM "capacities-narrow-the-domains".ptflow_obstacles(found_marking, multiple, action) AS o;

    IF obstacles IS NOT NULL THEN
        PERFORM ptflow.refuse_firing('capacities-narrow-the-domains', id, action, multiple, found_seq, obstacles);
    END IF;
END;
$$;

-- For a call that is not plain: refuses it when it cannot be meant or its caller may not, and when it brings a key,
-- locks the instance, so that of two calls with one key the second waits for the first. Answers what the first call
-- with that key was answered, or NULL if there was none.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_prepare(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text,
    holder   text
)
    RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    event   "capacities-narrow-the-domains".events;
    differs text[];
BEGIN
    PERFORM ptflow.refuse_arguments(id, action, payload, multiple, expected, key);
    IF holder IS NULL THEN
        PERFORM ptflow.refuse_role(
            'capacities-narrow-the-domains', id, action,
            (SELECT t.roles FROM "capacities-narrow-the-domains".transitions AS t WHERE t.action = action));
    END IF;

    PERFORM FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM "capacities-narrow-the-domains".ptflow_begin(id);
        PERFORM FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id FOR NO KEY UPDATE;
    END IF;

    SELECT e.* INTO event FROM "capacities-narrow-the-domains".events AS e WHERE e.id = id AND e.key = key;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;

    differs := array_remove(ARRAY[
        CASE WHEN event.action   <> action   THEN 'action'   END,
        CASE WHEN event.multiple <> multiple THEN 'multiple' END,
        CASE WHEN event.payload  <> payload  THEN 'payload'  END], NULL);
    IF differs <> '{}' THEN
        PERFORM ptflow.refuse_key('capacities-narrow-the-domains', id, action, key, event.seq, differs);
    END IF;

    RETURN jsonb_build_object(
        'net', 'capacities-narrow-the-domains',
        'id', event.id,
        'seq', event.seq,
        'action', event.action,
        'multiple', event.multiple,
        'state', "capacities-narrow-the-domains".ptflow_marking(event.marking),
        'hash', encode(event.hash, 'hex'),
        'at', event.at,
        'replayed', true);
END;
$$;

CREATE FUNCTION "capacities-narrow-the-domains".ptflow_dispatch(
    id       text,
    action   text,
    payload  jsonb,
    multiple bigint,
    expected bigint,
    key      text
)
    RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    IF action = 'make' THEN
        RETURN "capacities-narrow-the-domains".make(id, payload, multiple, expected, key);
    ELSIF action = 'swap' THEN
        RETURN "capacities-narrow-the-domains".swap(id, payload, multiple, expected, key);
    END IF;

    PERFORM ptflow.refuse_arguments(id, action, payload, multiple, expected, key);
    PERFORM ptflow.refuse_action('capacities-narrow-the-domains', id, action);
    RETURN NULL;
END;
$$;


-- Many events at once ----------------------------------------------------------------------------------------

-- Makes the instances that are not there, if the caller may, and locks all: both in the order of their ids, so that
-- two bulk calls wait for each other and never both.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_lock_many(ids text[])
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    moment  CONSTANT timestamptz := clock_timestamp();
    asked   CONSTANT text[]      := ARRAY(SELECT DISTINCT i.id FROM unnest(ids) AS i (id)
                                           WHERE length(i.id) BETWEEN 1 AND 255);
    missing CONSTANT text[]      := ARRAY(SELECT k.id FROM unnest(asked) AS k (id)
                                           WHERE NOT EXISTS (SELECT FROM "capacities-narrow-the-domains".states AS s WHERE s.id = k.id));
    writing          text;
BEGIN
    IF missing <> '{}'::text[] AND ptflow.may_create('capacities-narrow-the-domains') THEN
        writing := set_config('ptflow.writing', 'on', true);
        INSERT INTO "capacities-narrow-the-domains".states (id, head, net_version, created_at, updated_at)
        SELECT m.id, "capacities-narrow-the-domains".ptflow_genesis(m.id, moment), n.version, moment, moment
          FROM unnest(missing) AS m (id)
          JOIN ptflow.nets     AS n ON n.net = 'capacities-narrow-the-domains'
         ORDER BY m.id COLLATE "C"
            ON CONFLICT DO NOTHING;
        writing := set_config('ptflow.writing', '', true);
    END IF;

    PERFORM FROM "capacities-narrow-the-domains".states AS s WHERE s.id = ANY (asked) ORDER BY s.id FOR NO KEY UPDATE;
END;
$$;

-- Fires many transitions of instances that are locked, in order, or none: then it answers NULL, and each has to be
-- looked at by itself. The marking after each event is the instance's plus the sum of the deltas so far, so the
-- conditions of all are asked in one query. Answers the texts of the answers, in the order of the events.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_fire_many(batch ptflow.batch, writes boolean)
    RETURNS text[]
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
    moment CONSTANT timestamptz := clock_timestamp();
    known_numbers   bigint[];
    known_answers   text[];
    is_plain        boolean;
    actions         text[];
    holders         text[];
    is_refused      boolean;
    numbers         bigint[];
    made            "capacities-narrow-the-domains".events[];
    lasts           "capacities-narrow-the-domains".events[];
    heads           bytea[];
    words           bytea[];
    openings        text[];
    hash            bytea;
    hashes          bytea[];
    last_hashes     bytea[];
    writing         text;
    answers         text[];
BEGIN
    SELECT bool_and(length(a.id) BETWEEN 1 AND 255 AND a.multiple BETWEEN 1 AND 107374
                    AND a.action IS NOT NULL AND (a.key IS NULL OR length(a.key) BETWEEN 1 AND 255)) IS TRUE
      INTO is_plain
      FROM unnest(batch.ids, batch.actions, batch.multiples, batch.keys) AS a (id, action, multiple, key);
    IF NOT is_plain THEN
        RETURN NULL;
    END IF;
    
    -- Under which role the caller fires each action.
    SELECT array_agg(t.action), array_agg(t.role), bool_and(t.role IS NOT NULL)
      INTO actions, holders, is_plain
      FROM (SELECT t.action,
                   coalesce((SELECT r.role
                               FROM unnest(ARRAY['*'] || t.roles) WITH ORDINALITY AS u (role, number)
                               JOIN ptflow.roles AS r ON r.net = 'capacities-narrow-the-domains' AND r.role = u.role
                              WHERE has_table_privilege(caller, to_regclass(format('%I.%I', 'capacities-narrow-the-domains', r.view_name)),
                                                        'SELECT')
                              ORDER BY u.number
                              LIMIT 1),
                            ptflow.claimed_role('capacities-narrow-the-domains', t.roles, caller)) AS role
              FROM "capacities-narrow-the-domains".transitions AS t
             WHERE t.action = ANY (batch.actions)) AS t;
    IF is_plain IS NOT TRUE
       OR EXISTS (SELECT FROM unnest(batch.actions) AS a (action) WHERE a.action <> ALL (actions))
    THEN
        RETURN NULL;
    END IF;

    -- Events that came before with their key: they are answered as they were, and fired no more.
    IF EXISTS (SELECT FROM unnest(batch.keys) AS k (key) WHERE k.key IS NOT NULL) THEN
        IF EXISTS (SELECT FROM unnest(batch.ids, batch.keys) AS a (id, key)
                    WHERE a.key IS NOT NULL GROUP BY a.id, a.key HAVING count(*) > 1)
        THEN
            RETURN NULL;
        END IF;

        SELECT array_agg(a.number),
               array_agg(format('{"id": %s, "seq": %s, "hash": "%s", "replayed": true}',
                                to_json(e.id), e.seq, encode(e.hash, 'hex'))),
               bool_and((e.action, e.multiple, e.payload) = (a.action, a.multiple, a.payload))
          INTO known_numbers, known_answers, is_plain
          FROM unnest(batch.ids, batch.actions, batch.multiples, batch.payloads, batch.keys)
               WITH ORDINALITY AS a (id, action, multiple, payload, key, number)
          JOIN "capacities-narrow-the-domains".events AS e ON e.id = a.id AND e.key = a.key;
        IF NOT is_plain THEN
            RETURN NULL;
        END IF;
    END IF;

    -- All events with the markings that they leave behind, instance by instance: the arrays below have this order.
    -- OFFSET 0 has PostgreSQL ask once an event whether it is refused.
    SELECT bool_or(f.is_refused),
           array_agg(f.number),
           array_agg(CASE WHEN NOT f.is_refused
                          THEN ROW(f.id, f.seq, NULL, NULL, f.action, f.multiple, f.payload, f.marking, caller, f.role, f.key, f.at,
                                   NULL)::"capacities-narrow-the-domains".events END),
           array_agg(CASE WHEN NOT f.is_refused
                          THEN ROW(f.id, f.seq, NULL, NULL, f.action, f.multiple, f.payload, f.marking, caller, f.role, f.key, f.at,
                                   NULL)::"capacities-narrow-the-domains".events END)
               FILTER (WHERE f.is_last),
           array_agg(CASE WHEN f.is_first THEN f.head END),
           array_agg(convert_to(format(
                                '%s:%s,%s:%s,%s,%s:%s,%s:%s,%s:%s,%s,%s,%s:%s,%s',
                                length(f.id), f.id, length(f.action), f.action, f.multiple, length(f.body), f.body,
                                length(caller), caller, length(f.key), f.key,
                                f.seq, (extract(epoch FROM f.at) * 1000000)::bigint, length(f.role), f.role,
                                f.marking), 'UTF8')),
           array_agg(format('{"id": %s, "seq": %s, "hash": "', to_json(f.id), f.seq))
      INTO is_refused, numbers, made, lasts, heads, words, openings
      FROM (SELECT f.*, f.payload::text AS body,
                   (f.expected <> f.seq - 1
                     OR 0 > ANY (f.marking)
                     OR f.marking[1] > 1
                     OR f.marking[2] > 1
                     OR f.marking[3] > 40000
                     OR f.marking[4] > 8000000000) IS TRUE AS is_refused
              FROM (SELECT a.number, s.id, a.action, a.payload, a.multiple, a.expected, a.key, h.role, s.head,
                           s.seq + row_number() OVER w AS seq,
                           row_number() OVER w = 1 AS is_first,
                           lead(a.number) OVER w IS NULL AS is_last,
                           greatest(s.updated_at, moment) AS at,
                           ARRAY[s."bit" + sum((a.multiple * d."bit")::integer) OVER w,
                                 s."another bit" + sum((a.multiple * d."another bit")::integer) OVER w,
                                 s.store + sum((a.multiple * d.store)::integer) OVER w,
                                 s.world + sum((a.multiple * d.world)::integer) OVER w]::bigint[] AS marking
                      FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds,
                                  batch.keys)
                           WITH ORDINALITY AS a (id, action, payload, multiple, expected, key, number)
                      JOIN unnest(actions, holders) AS h (action, role) ON h.action = a.action
                      JOIN "capacities-narrow-the-domains".delta  AS d ON d.action = a.action
                      JOIN "capacities-narrow-the-domains".states AS s ON s.id = a.id
                     WHERE known_numbers IS NULL OR a.number <> ALL (known_numbers)
                    WINDOW w AS (PARTITION BY s.id ORDER BY a.number ROWS UNBOUNDED PRECEDING)
                     ORDER BY s.id, a.number) AS f
            OFFSET 0) AS f;
    IF is_refused THEN
        RETURN NULL;
    END IF;

    IF coalesce(cardinality(made), 0) + coalesce(cardinality(known_numbers), 0) <> cardinality(batch.ids) THEN
        RETURN NULL;
    END IF;
    IF NOT writes THEN
        RETURN '{}'::text[];
    END IF;

    -- The chain of each instance, instance by instance: each hash is taken over the one before it.
    FOR number IN 1 .. coalesce(cardinality(made), 0) LOOP
        IF heads[number] IS NOT NULL THEN
            last_hashes := array_append(last_hashes, hash);
            hash := heads[number];
        END IF;
        hash := sha256(hash || words[number]);
        hashes[number] := hash;
        answers[numbers[number]] := openings[number] || encode(hash, 'hex') || '", "replayed": false}';
    END LOOP;
    last_hashes := array_append(last_hashes[2:], hash);
    FOR number IN 1 .. coalesce(cardinality(known_numbers), 0) LOOP
        answers[known_numbers[number]] := known_answers[number];
    END LOOP;

    writing := set_config('ptflow.writing', 'on', true);
    UPDATE "capacities-narrow-the-domains".states AS s
       SET "bit"         = m.marking[1],
           "another bit" = m.marking[2],
           store         = m.marking[3],
           world         = m.marking[4],
           seq           = m.seq,
           updated_at    = m.at,
           head          = m.new_hash
      FROM ROWS FROM (unnest(lasts), unnest(last_hashes))
           AS m (id, seq, position, txid, action, multiple, payload, marking, actor, role, key, at, hash, new_hash)
     WHERE s.id = m.id;

    INSERT INTO "capacities-narrow-the-domains".events
           (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
    SELECT m.id, m.seq, m.action, m.multiple, m.payload, m.marking, m.actor, m.role, m.key, m.at, m.new_hash
      FROM ROWS FROM (unnest(made), unnest(hashes), unnest(numbers))
           AS m (id, seq, position, txid, action, multiple, payload, marking, actor, role, key, at, hash, new_hash, number)
     ORDER BY m.number;
    writing := set_config('ptflow.writing', '', true);
    RETURN answers;
END;
$$;


-- Reading ----------------------------------------------------------------------------------------------------

CREATE FUNCTION "capacities-narrow-the-domains".ptflow_state(id text, as_of_seq bigint, as_of_time timestamptz)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    now_seq     bigint;
    now_marking integer[];
    now_at      timestamptz;
    began       timestamptz;
    then_event  record;
BEGIN
    PERFORM ptflow.demand_read('capacities-narrow-the-domains');

    SELECT s.seq, s.updated_at, s.created_at, ARRAY[s."bit", s."another bit", s.store, s.world]::integer[]
      INTO now_seq, now_at, began, now_marking
      FROM "capacities-narrow-the-domains".states AS s
     WHERE s.id = id;
    IF NOT FOUND THEN
        PERFORM ptflow.refuse_instance('capacities-narrow-the-domains', id);
    END IF;

    IF as_of_seq IS NOT NULL OR as_of_time IS NOT NULL THEN
        IF as_of_seq IS NOT NULL AND as_of_time IS NOT NULL OR as_of_seq < 0 OR as_of_seq > now_seq
           OR as_of_time < began
        THEN
            PERFORM ptflow.refuse_as_of('capacities-narrow-the-domains', id, as_of_seq, as_of_time, now_seq, began);
        END IF;

        SELECT e.seq, e.at, e.marking
          INTO then_event
          FROM "capacities-narrow-the-domains".events AS e
         WHERE e.id = id
           AND (as_of_seq  IS NULL OR e.seq = as_of_seq)
           AND (as_of_time IS NULL OR e.at <= as_of_time)
         ORDER BY e.seq DESC
         LIMIT 1;
        IF FOUND THEN
            now_seq := then_event.seq;
            now_at := then_event.at;
            now_marking := then_event.marking;
        ELSE
            now_seq := 0;
            now_at := began;
            now_marking := ARRAY(SELECT p.initial FROM "capacities-narrow-the-domains".places AS p ORDER BY p.number);
        END IF;
    END IF;

    RETURN jsonb_build_object(
        'net', 'capacities-narrow-the-domains',
        'id', id,
        'seq', now_seq,
        'state', "capacities-narrow-the-domains".ptflow_marking(now_marking),
        'at', now_at);
END;
$$;

CREATE FUNCTION "capacities-narrow-the-domains".ptflow_enabled(id text)
    RETURNS TABLE (action text, role text, may_fire boolean)
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    now_marking integer[];
BEGIN
    PERFORM ptflow.demand_read('capacities-narrow-the-domains');

    SELECT ARRAY[s."bit", s."another bit", s.store, s.world]::integer[] INTO now_marking FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id;
    IF NOT FOUND THEN
        PERFORM ptflow.refuse_instance('capacities-narrow-the-domains', id);
    END IF;

    RETURN QUERY
        SELECT t.action,
               r.role,
               EXISTS (SELECT FROM ptflow.held AS h
                        WHERE h.net = 'capacities-narrow-the-domains' AND h.role IN (r.role, '*'))
          FROM "capacities-narrow-the-domains".transitions AS t
         CROSS JOIN LATERAL unnest(t.roles) WITH ORDINALITY AS r (role, number)
         WHERE t.action NOT IN (SELECT o.action
                                  FROM "capacities-narrow-the-domains".ptflow_obstacles(now_marking, 1, NULL) AS o)
         ORDER BY t.number, r.number;
END;
$$;

CREATE FUNCTION "capacities-narrow-the-domains".ptflow_why_not(id text, action text)
    RETURNS TABLE (condition text, place text, tokens bigint, need numeric)
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    now_marking integer[];
BEGIN
    PERFORM ptflow.demand_read('capacities-narrow-the-domains');

    IF NOT EXISTS (SELECT FROM "capacities-narrow-the-domains".transitions AS t WHERE t.action = action) THEN
        PERFORM ptflow.refuse_action('capacities-narrow-the-domains', id, action);
    END IF;
    SELECT ARRAY[s."bit", s."another bit", s.store, s.world]::integer[] INTO now_marking FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id;
    IF NOT FOUND THEN
        PERFORM ptflow.refuse_instance('capacities-narrow-the-domains', id);
    END IF;

    RETURN QUERY
        SELECT o.condition, o.place, o.tokens, o.need
          FROM "capacities-narrow-the-domains".ptflow_obstacles(now_marking, 1, action) AS o
         ORDER BY o.number, o.rank;
END;
$$;

CREATE FUNCTION "capacities-narrow-the-domains".ptflow_events(id text, after_seq bigint, "limit" bigint)
    RETURNS TABLE (seq bigint, action text, multiple bigint, payload jsonb, state jsonb, actor text, role text,
                   key text, at timestamptz, hash text)
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    PERFORM ptflow.demand_read('capacities-narrow-the-domains');

    IF "limit" < 0 THEN
        PERFORM ptflow.refuse_limit("limit");
    END IF;
    IF NOT EXISTS (SELECT FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id) THEN
        PERFORM ptflow.refuse_instance('capacities-narrow-the-domains', id);
    END IF;

    RETURN QUERY
        SELECT e.seq, e.action, e.multiple, e.payload, "capacities-narrow-the-domains".ptflow_marking(e.marking),
               e.actor, e.role, e.key, e.at, encode(e.hash, 'hex')
          FROM "capacities-narrow-the-domains".events AS e
         WHERE e.id = id
           AND e.seq > coalesce(after_seq, 0)
         ORDER BY e.seq
         LIMIT "limit";
END;
$$;


-- Verification -----------------------------------------------------------------------------------------------

-- Each event whose place in the chain is broken, of one instance or of all. An event is held against the stored hash
-- and marking of the event before it, so that a problem is reported where it was made. It is one pass over the events
-- for what an event says, and one for whether its transition was enabled.
CREATE FUNCTION "capacities-narrow-the-domains".ptflow_verify(id text)
    RETURNS TABLE (instance text, seq bigint, problem text, expected text, found text)
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    begins CONSTANT integer[] := ARRAY(SELECT p.initial FROM "capacities-narrow-the-domains".places AS p ORDER BY p.number)::integer[];
BEGIN
    PERFORM ptflow.demand_read('capacities-narrow-the-domains');

    IF id IS NOT NULL AND NOT EXISTS (SELECT FROM "capacities-narrow-the-domains".states AS s WHERE s.id = id)
       AND NOT EXISTS (SELECT FROM "capacities-narrow-the-domains".events AS e WHERE e.id = id)
    THEN
        PERFORM ptflow.refuse_instance('capacities-narrow-the-domains', id);
    END IF;

    RETURN QUERY
        WITH chain AS (
            SELECT e.id, e.seq, e.action, e.multiple, e.payload, e.marking, e.actor, e.role, e.key, e.at, e.hash,
                   lag(e.seq, 1, 0::bigint) OVER w AS seq_before,
                   lag(e.hash)              OVER w AS hash_before,
                   lag(e.marking, 1, begins) OVER w AS marking_before,
                   lead(e.seq)              OVER w IS NULL AS is_last
              FROM "capacities-narrow-the-domains".events AS e
             WHERE id IS NULL OR e.id = id
            WINDOW w AS (PARTITION BY e.id ORDER BY e.seq)
        ),
        judged AS (
            SELECT c.*,
                   sha256(coalesce(c.hash_before, "capacities-narrow-the-domains".ptflow_genesis(c.id, s.created_at)) || convert_to(format(
                                                                                                                                    '%s:%s,%s:%s,%s,%s:%s,%s:%s,%s:%s,%s,%s,%s:%s,%s',
                                                                                                                                    length(c.id), c.id, length(c.action), c.action, c.multiple, length(c.payload::text), c.payload::text,
                                                                                                                                    length(c.actor), c.actor, length(c.key), c.key,
                                                                                                                                    c.seq, (extract(epoch FROM c.at) * 1000000)::bigint, length(c.role), c.role,
                                                                                                                                    c.marking), 'UTF8')) AS hash_due,
                   ARRAY[c.marking_before[1] + c.multiple::numeric * d."bit",
                         c.marking_before[2] + c.multiple::numeric * d."another bit",
                         c.marking_before[3] + c.multiple::numeric * d.store,
                         c.marking_before[4] + c.multiple::numeric * d.world]::numeric[] AS marking_due,
                   s.id IS NOT NULL AS is_there, s.seq AS state_seq, s.head AS state_head, s.updated_at AS state_at,
                   ARRAY[s."bit", s."another bit", s.store, s.world]::integer[] AS state_marking
              FROM chain AS c
              LEFT JOIN "capacities-narrow-the-domains".states AS s ON s.id = c.id
              LEFT JOIN "capacities-narrow-the-domains".delta  AS d ON d.action = c.action
            OFFSET 0
        )
        SELECT j.id, j.seq, p.problem, p.expected, p.found
          FROM judged AS j
         CROSS JOIN LATERAL (VALUES
               -- an event is missing before this one
               ('seq', j.seq = j.seq_before + 1, (j.seq_before + 1)::text, j.seq::text),
               -- what the event says is not what was hashed
               ('hash', coalesce(j.hash_due = j.hash, false), encode(j.hash_due, 'hex'), encode(j.hash, 'hex')),
               -- the marking is not the one before it plus the transition's delta
               ('marking', coalesce(j.marking_due = j.marking::numeric[], false), j.marking_due::text, j.marking::text),
               -- the instance is gone, or not where its last event left it
               ('instance', NOT j.is_last OR coalesce((j.state_seq, j.state_head, j.state_marking, j.state_at)
                                                      = (j.seq, j.hash, j.marking, j.at), false),
                format('%s %s %s %s', j.seq, encode(j.hash, 'hex'), j.marking, j.at),
                CASE WHEN j.is_there
                     THEN format('%s %s %s %s', j.state_seq, encode(j.state_head, 'hex'), j.state_marking, j.state_at)
                END)
               ) AS p (problem, holds, expected, found)
         WHERE (j.seq <> j.seq_before + 1
                OR j.hash_due IS DISTINCT FROM j.hash
                OR j.marking_due IS DISTINCT FROM j.marking::numeric[]
                OR j.is_last AND (j.state_seq, j.state_head, j.state_marking, j.state_at)
                                 IS DISTINCT FROM (j.seq, j.hash, j.marking, j.at))
           AND NOT p.holds
     UNION ALL
        -- the transition was not enabled
        SELECT c.id, c.seq, 'not enabled', format('%s at %s of %s', o.condition, o.need, e.place), o.held::text
          FROM chain AS c
          JOIN (SELECT e.* FROM "capacities-narrow-the-domains".effects AS e OFFSET 0) AS e ON e.action = c.action
         CROSS JOIN LATERAL ptflow.obstacles(
                   c.marking_before[e.number], e.input, e.output, e.reads, e.inhibitor, e.resets, e.capacity,
                   c.multiple) AS o
         WHERE c.multiple > 1
            OR c.marking_before[e.number] < greatest(e.input, e.reads)
            OR c.marking_before[e.number] >= e.inhibitor
            OR e.output > e.input
               AND c.marking_before[e.number]::numeric + e.output - e.input > coalesce(e.capacity, 9223372036854775807)
     UNION ALL
        -- an instance without events is not in its beginning
        SELECT s.id, s.seq, 'instance',
               format('%s %s %s %s', 0, encode(b.hash, 'hex'), begins, s.created_at),
               format('%s %s %s %s', s.seq, encode(s.head, 'hex'), m.marking, s.updated_at)
          FROM "capacities-narrow-the-domains".states AS s
         CROSS JOIN LATERAL (SELECT ARRAY[s."bit", s."another bit", s.store, s.world]::integer[]) AS m (marking)
         CROSS JOIN LATERAL (SELECT "capacities-narrow-the-domains".ptflow_genesis(s.id, s.created_at)) AS b (hash)
         WHERE (id IS NULL OR s.id = id)
           AND NOT EXISTS (SELECT FROM "capacities-narrow-the-domains".events AS e WHERE e.id = s.id)
           AND (s.seq, s.head, m.marking, s.updated_at) IS DISTINCT FROM (0::bigint, b.hash, begins, s.created_at)
         ORDER BY 1, 2, 3, 4;
END;
$$;


-- The second wall --------------------------------------------------------------------------------------------
--
-- The domains keep every count possible. These triggers keep the tables to the functions above, also for the owner:
-- nobody else writes, and nobody changes or removes what happened.

CREATE TRIGGER states_written BEFORE INSERT OR UPDATE ON "capacities-narrow-the-domains".states
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.demand_writing();

CREATE TRIGGER states_kept BEFORE DELETE OR TRUNCATE ON "capacities-narrow-the-domains".states
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();

CREATE TRIGGER events_written BEFORE INSERT ON "capacities-narrow-the-domains".events
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.demand_writing();

CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "capacities-narrow-the-domains".events
    FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();


-- Catalogue --------------------------------------------------------------------------------------------------

INSERT INTO ptflow.nets AS n (net, schema_name, version, digest) VALUES
    ('capacities-narrow-the-domains', 'capacities-narrow-the-domains', 1, '\x41dbcfe7ebb84da02379c0d57e6b085104a358575b0726d868adb73fb1ad4606')
    ON CONFLICT (net) DO UPDATE SET version = n.version + 1, digest = excluded.digest;

INSERT INTO ptflow.net_versions (net, version, digest, canonical_form, file, format, source)
SELECT n.net, n.version, n.digest,
       E'place "another bit" initial 0 capacity 1\n'
        'place "bit" initial 1 capacity 1\n'
        'place "store" initial 0 capacity 40000\n'
        'place "world" initial 0 capacity 8000000000\n'
        'transition "make" roles "default"\n'
        'transition "swap" roles "default"\n'
        'arc "make" output "store" 20000\n'
        'arc "make" output "world" 1\n'
        'arc "swap" input "bit" 1\n'
        'arc "swap" output "another bit" 1\n',
       'net.pflow', 'pflow',
       E'<?xml version="1.0" encoding="UTF-8"?>\n'
        '<document>\n'
        '  <subnet>\n'
        '    <place><id>1</id><label>bit</label><tokens>1</tokens><capacity>1</capacity></place>\n'
        '    <place><id>2</id><label>another bit</label><tokens>0</tokens><capacity>1</capacity></place>\n'
        '    <place><id>3</id><label>store</label><tokens>0</tokens><capacity>40000</capacity></place>\n'
        '    <place><id>4</id><label>world</label><tokens>0</tokens><capacity>8000000000</capacity></place>\n'
        '    <transition><id>5</id><label>swap</label></transition>\n'
        '    <transition><id>6</id><label>make</label></transition>\n'
        '    <arc><sourceId>1</sourceId><destinationId>5</destinationId></arc>\n'
        '    <arc><sourceId>5</sourceId><destinationId>2</destinationId></arc>\n'
        '    <arc><sourceId>6</sourceId><destinationId>3</destinationId><multiplicity>20000</multiplicity></arc>\n'
        '    <arc><sourceId>6</sourceId><destinationId>4</destinationId></arc>\n'
        '  </subnet>\n'
        '</document>\n'
  FROM ptflow.nets AS n
 WHERE n.net = 'capacities-narrow-the-domains';

DELETE FROM ptflow.roles AS r WHERE r.net = 'capacities-narrow-the-domains';

INSERT INTO ptflow.roles (net, role, creates, destroys, view_name) VALUES
    ('capacities-narrow-the-domains', 'default', false, false, 'ptflow_as_default'),
    ('capacities-narrow-the-domains', '*',       false, false, 'ptflow_as_*');

-- Roles that an earlier version had are held by nobody; who installs the net is its administrator.
DELETE FROM ptflow.grants AS g
 WHERE g.net = 'capacities-narrow-the-domains'
   AND g.privilege = 'fire'
   AND NOT EXISTS (SELECT FROM ptflow.roles AS r WHERE r.net = g.net AND r.role = g.role);

INSERT INTO ptflow.grants (net, privilege, role, member)
SELECT 'capacities-narrow-the-domains', 'fire', '*', r.oid
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname = current_user
    ON CONFLICT DO NOTHING;

DO $$
BEGIN PERFORM ptflow.seal('capacities-narrow-the-domains'); END;
$$;
