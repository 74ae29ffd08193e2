internal import NetAnalysis
internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The present, a column a place: a view of the log, or a table that follows it.
  var statesSQL: SQL {
    """
    -- The present ------------------------------------------------------------------------------------------------
    \(plan.keepsStates ? keptStates : viewedStates)
    \(plan.hasColumnForEachPlace ? reasons : [])
    """
  }

  private var viewedStates: SQL {
    """

    CREATE VIEW \(object("states")) AS
        \(lastEvents());

    COMMENT ON VIEW \(object("states")) IS 'The instances as they are now, a column a place.';
    """
  }

  private var keptStates: SQL {
    """
    --
    -- The net keeps its states: they are a table, so that reading all of them costs little. A trigger derives its rows from
    -- the events that are inserted, verify holds it against the log, and replay makes it anew.

    CREATE TABLE \(object("states")) (
        \(aligned(stateColumns.map { ["\(name: $0.name)", $0.type, $0.name == "created_at" ? "," : "NOT NULL,"] }))
        CONSTRAINT states_pkey PRIMARY KEY (id)
    )
    WITH (fillfactor = 70);

    COMMENT ON TABLE \(object("states")) IS 'The instances as they are now, a column a place: derived from the log.';

    CREATE FUNCTION \(function(.keepStates))()
        RETURNS trigger
        \(dialect.innerFunction)
    AS \(body: keepBody);

    CREATE TRIGGER keep_states AFTER INSERT ON \(object("events"))
        REFERENCING NEW TABLE AS inserted
        FOR EACH STATEMENT EXECUTE FUNCTION \(function(.keepStates))();

    -- Nobody else changes it. An INSERT by hand meets a sequence that has run out.
    DO \(body: "BEGIN PERFORM setval(pg_get_serial_sequence(\(string: tableText("states")), 'version'), 0, true); END;");
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON \(object("states"))
        FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ptflow.refuse_change();

    CREATE FUNCTION \(function(.stateFaults))(id text)
        RETURNS TABLE (instance text, seq bigint, expected text, found text)
        \(dialect.innerFunction)
        STABLE
    AS \(body: faultsBody);

    CREATE FUNCTION \(function(.replay))()
        RETURNS bigint
        \(dialect.functionOfOwner)
    AS \(body: replayBody);
    """
  }

  /// The columns of states, with the types that they have in a table, and where the last event (e), the first (b) or the
  /// row of the instance (i) has them.
  private var stateColumns: [(name: String, type: SQL, value: SQL)] {
    let id = ("id", "text COLLATE \"C\"" as SQL, "i.id" as SQL)
    let seq = ("seq", "bigint" as SQL, "e.seq" as SQL)
    let markings =
      plan.hasColumnForEachPlace
      ? plan.places.enumerated().map { ($1.column, plan.marking.element.sql, "e.marking[\($0 + 1)]" as SQL) }
      : [("marking", object("marking"), "e.marking")]
    return [id, seq] + markings + [
      ("updated_at", "timestamptz", "e.at"), ("head", "bytea", "e.hash"),
      ("version", "integer \(neverByHand)", "e.version"),
      ("created_at", "timestamptz", "b.at"),
    ]
  }

  /// The present as the log has it.
  ///
  /// - Parameter instances: which instances, by their rows `i`; nil for all.
  /// - Returns: a query.
  private func lastEvents(of instances: SQL? = nil) -> SQL {
    let columns = stateColumns.map { column -> SQL in
      let isCalledSo = column.value.text.hasSuffix(".\(column.name)")
      return isCalledSo ? column.value : "\(column.value) AS \(name: column.name)"
    }
    return """
      SELECT \(wrapped(columns))
        FROM \(object("instances")) AS i
       CROSS JOIN LATERAL (SELECT e.* FROM \(object("events")) AS e WHERE e.id = i.id ORDER BY e.seq DESC LIMIT 1) AS e
        LEFT JOIN \(object("events")) AS b ON b.id = i.id AND b.seq = 0\(instances.map { "\n WHERE \($0)" } ?? "")
      """
  }

  private var keepBody: SQL {
    let names = stateColumns.map { "\(name: $0.name)" as SQL }
    let values = stateColumns.map { column -> SQL in
      switch column.name {
      case "id": "e.id"
      case "created_at": "(SELECT b.at FROM \(object("events")) AS b WHERE b.id = e.id AND b.seq = 0)"
      default: column.value
      }
    }
    // An instance keeps its version.
    let changed = stateColumns.filter { !["id", "version", "created_at"].contains($0.name) }
    return """
      BEGIN
          INSERT INTO \(object("states")) AS s
                 (\(wrapped(names)))
          OVERRIDING SYSTEM VALUE
          SELECT DISTINCT ON (e.id)
                 \(wrapped(values))
            FROM inserted AS e
           ORDER BY e.id, e.seq DESC
              ON CONFLICT (id) DO UPDATE
             SET \(wrapped(changed.map { "\(name: $0.name) = excluded.\(name: $0.name)" }))
           WHERE s.seq < excluded.seq;
          RETURN NULL;
      END;
      """
  }

  private var faultsBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        RETURN QUERY
            SELECT coalesce(due.id, s.id), coalesce(due.seq, s.seq), due::text, s::text
              FROM (\(lastEvents(of: "id IS NULL OR i.id = id"))) AS due
              FULL JOIN (SELECT s.* FROM \(object("states")) AS s WHERE id IS NULL OR s.id = id) AS s ON s.id = due.id
             WHERE ROW(due.*) IS DISTINCT FROM ROW(s.*)
             ORDER BY 1;
    END;
    """
  }

  private var replayBody: SQL {
    """
    DECLARE
        wrong text[];
    BEGIN
        LOCK TABLE \(object("events")) IN SHARE ROW EXCLUSIVE MODE;
        wrong := ARRAY(SELECT f.instance FROM \(function(.stateFaults))(NULL) AS f);
        IF wrong = '{}' THEN
            RETURN 0;
        END IF;

        ALTER TABLE \(object("states")) DISABLE TRIGGER kept;
        DELETE FROM \(object("states")) AS s WHERE s.id = ANY (wrong);
        INSERT INTO \(object("states"))
        OVERRIDING SYSTEM VALUE
        \(lastEvents(of: "i.id = ANY (wrong)"));
        ALTER TABLE \(object("states")) ENABLE TRIGGER kept;
        RETURN cardinality(wrong);
    END;
    """
  }

  /// What is said of places, and why they hold no more than they do.
  private var reasons: [SQL] {
    plan.places.compactMap { plan in
      let words = [said(plan.place.about), reason(plan)].compactMap(\.self).joined(separator: " ")
      return words.isEmpty ? nil : "COMMENT ON COLUMN \(object("states")).\(name: plan.column) IS \(string: words);"
    }
  }

  private func reason(_ plan: PlacePlan) -> String? {
    guard let bound = plan.bound, case .invariant(let invariant) = bound.proof else { return nil }
    return "At most \(bound.most): \(inASCII(clipped(invariant.words(in: self.plan.net))))"
  }
}
