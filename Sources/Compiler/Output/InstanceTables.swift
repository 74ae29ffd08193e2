internal import PetriNet
internal import SQL

extension NetPlan {
  /// The instances and their events.
  var instancesSQL: SQL {
    """
    -- Instances --------------------------------------------------------------------------------------------------

    -- One row an instance, one column a place: how many tokens it holds.\(comment: hasWideRows ? " Nothing in it is worth compressing." : "")
    CREATE TABLE \(object("states")) (
        \(aligned(stateColumns))
        CONSTRAINT states_pkey PRIMARY KEY (id)
    )
    WITH (\(hasWideRows ? "fillfactor = 80, toast_tuple_target = 8160" : "fillfactor = 80" as SQL));

    COMMENT ON TABLE  \(object("states"))             IS 'The instances and their markings, one column a place.';
    COMMENT ON COLUMN \(object("states")).seq         IS 'How many events the instance has had.';
    COMMENT ON COLUMN \(object("states")).head        IS 'The hash of its last event; before the first, of its beginning.';
    COMMENT ON COLUMN \(object("states")).net_version IS 'The version of the net that it runs.';

    -- One row an event, in the order in which they happened to their instance. Nothing is ever changed here.
    CREATE TABLE \(object("events")) (
        id       text        COLLATE "C" NOT NULL,
        seq      bigint      NOT NULL,
        position bigint      NOT NULL DEFAULT nextval('ptflow.position'),
        txid     xid8        NOT NULL DEFAULT pg_current_xact_id(),
        action   text        COLLATE "C" NOT NULL,
        multiple bigint      NOT NULL,
        payload  jsonb       NOT NULL,
        marking  \(arrayColumn) NOT NULL,
        actor    text        COLLATE "C" NOT NULL,
        role     text        COLLATE "C" NOT NULL,
        key      text        COLLATE "C",
        at       timestamptz NOT NULL,
        hash     bytea       NOT NULL,
        CONSTRAINT events_pkey PRIMARY KEY (id, seq)
    );

    CREATE UNIQUE INDEX events_key ON \(object("events")) (id, key) WHERE key IS NOT NULL;

    COMMENT ON TABLE  \(object("events"))          IS 'The events, in the order of seq for each instance.';
    COMMENT ON COLUMN \(object("events")).position IS 'Order over all nets; not a cursor by itself, go by (txid, position).';
    COMMENT ON COLUMN \(object("events")).marking  IS 'The tokens after the event, in the order of places.number.';
    COMMENT ON COLUMN \(object("events")).actor    IS 'The role of the database that fired it.';
    COMMENT ON COLUMN \(object("events")).role     IS 'The role of the net under which it was fired.';
    COMMENT ON COLUMN \(object("events")).key      IS 'The caller''s own name for the event; a retry gives it again.';
    COMMENT ON COLUMN \(object("events")).hash     IS 'sha-256 over the hash before it and what this row says.';
    """
  }

  /// The type of a marking, as wide as the types of the other columns.
  private var arrayColumn: SQL {
    SQL(verbatim: "\(count.rawValue)[]" + String(repeating: " ", count: max(0, 9 - count.rawValue.count)))
  }

  private var stateColumns: [[SQL]] {
    [
      ["id", "text", "COLLATE \"C\" NOT NULL,"],
      ["seq", "bigint", "NOT NULL DEFAULT 0,"],
      ["head", "bytea", "NOT NULL,"],
      ["net_version", "integer", "NOT NULL,"],
      ["created_at", "timestamptz", "NOT NULL,"],
      ["updated_at", "timestamptz", "NOT NULL,"],
    ]
      + places.map { place in
        ["\(name: place.column)", place.domain.reference(in: schema), "NOT NULL DEFAULT \(place.place.initial),"]
      }
  }

  /// The marking of a row as an array, in the order of the net; some columns given another value.
  func marking(of row: SQL, replacing: [Int: SQL] = [:]) -> SQL {
    let counts: [SQL] = places.indices.map { replacing[$0] ?? "\(row).\(name: places[$0].column)" }
    return "ARRAY[\(wrapped(counts))]::\(count.sql)[]"
  }
}
