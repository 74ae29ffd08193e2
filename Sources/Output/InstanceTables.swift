internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The log, and where those who wait for an instance queue.
  var instanceTablesSQL: SQL {
    """
    -- Instances and their events ---------------------------------------------------------------------------------
    --
    -- The state of an instance is its last event. A row is written once and never changed.

    CREATE TABLE \(object("events")) (
        \(aligned(EventColumn.allCases.map { ["\(name: $0.rawValue)", type(of: $0), "NOT NULL,"] }))
        CONSTRAINT events_pkey PRIMARY KEY (id, seq)
    )\(plan.hasWideRows ? "\nWITH (toast_tuple_target = 8160)" : "" as SQL);

    -- Feeds read by transaction. Who inserts pays next to nothing for it: events of one time lie together.
    CREATE INDEX events_txid ON \(object("events")) USING brin (txid) WITH (pages_per_range = 32, autosummarize = on);

    COMMENT ON TABLE \(object("events")) IS 'The log: one row an event. The last event of an instance is its state.';
    \(EventColumn.allCases.map { column -> SQL in
      "COMMENT ON COLUMN \(object("events")).\(name: column.rawValue) IS \(string: column.meaning);"
    })

    CREATE TABLE \(object("details")) (
        \(aligned(DetailColumn.allCases.map { ["\(name: $0.rawValue)", type(of: $0), $0 == .key ? "," : "NOT NULL,"] }))
        CONSTRAINT details_pkey     PRIMARY KEY (id, seq),
        CONSTRAINT details_key      UNIQUE (id, key),
        CONSTRAINT details_multiple CHECK (multiple >= 1)
    );

    COMMENT ON TABLE \(object("details")) IS 'What only some events have: a key, or more than one firing.';
    \(DetailColumn.allCases.map { column -> SQL in
      "COMMENT ON COLUMN \(object("details")).\(name: column.rawValue) IS \(string: column.meaning);"
    })

    \(redactionsTableSQL)

    CREATE TABLE \(object("instances")) (
        id  text   COLLATE "C" NOT NULL,
        seq bigint \(neverByHand),
        CONSTRAINT instances_pkey PRIMARY KEY (id)
    );

    COMMENT ON TABLE  \(object("instances"))     IS 'One row an instance, never changed. Who waits for an instance queues on its row.';
    COMMENT ON COLUMN \(object("instances")).id  IS 'The instance.';
    COMMENT ON COLUMN \(object("instances")).seq IS 'The event with which it begins: 0.';
    """
  }

  /// A column that an INSERT by hand cannot fill: a value is refused, and the sequence has run out. Both are decided when
  /// a statement is analysed, so that the functions, which override it, pay nothing.
  var neverByHand: SQL { "GENERATED ALWAYS AS IDENTITY (MINVALUE -1 MAXVALUE 0)" }

  private func type(of column: EventColumn) -> SQL {
    column == .seq ? "bigint \(neverByHand)" : type(of: column.content)
  }

  private func type(of column: DetailColumn) -> SQL {
    column == .seq ? "bigint \(neverByHand)" : type(of: column.content)
  }

  /// The type of a column, or of a variable, that holds something.
  func type(of content: EventColumn.Content) -> SQL {
    switch content {
    case .number: "bigint"
    case .transaction: "bigint"
    case .time: "timestamptz"
    case .version: "integer"
    case .name: "text COLLATE \"C\""
    case .marking: object("marking")
    case .json: "jsonb"
    case .hash: "bytea"
    }
  }

  /// The list of the columns of events, for an INSERT.
  var eventColumns: SQL { EventColumn.allCases.map { "\(name: $0.rawValue)" as SQL }.joined(separator: ", ") }

  /// Values for these columns, in their order.
  func eventValues(_ value: (EventColumn) -> SQL) -> SQL { wrapped(EventColumn.allCases.map(value)) }
}

extension NetPlan {
  /// Whether PostgreSQL would look for something to compress in each row of events: it does from a quarter of a page on.
  /// A vector of counts that is not wider than a page is not worth that.
  var hasWideRows: Bool { (1000...7000).contains(places.count * (marking.element == .integer ? 4 : 8)) }
}
