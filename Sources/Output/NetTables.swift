internal import JSON
internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The net as data, by version.
  var netTablesSQL: SQL {
    """
    -- The net as data --------------------------------------------------------------------------------------------
    --
    -- By version: what a version says stays true of its events for ever.

    \(NetTable.allCases.map(table), separator: "\n\n")

    DO \(body: fillBody);
    """
  }

  private func table(_ table: NetTable) -> SQL {
    """
    CREATE TABLE \(object(table.rawValue)) (
        \(aligned(table.columns.map { [SQL(verbatim: $0.name), SQL(verbatim: $0.type + ",")] }))
        \(table.constraints(in: self), separator: ",\n")
    );

    COMMENT ON TABLE \(object(table.rawValue)) IS \(string: table.meaning);
    \(table.columns.compactMap { column -> SQL? in
      column.meaning.map { "COMMENT ON COLUMN \(object(table.rawValue)).\(SQL(verbatim: column.name)) IS \(string: $0);" }
    })
    """
  }

  /// Fills the tables for the version that is about to come into force.
  private var fillBody: SQL {
    """
    DECLARE
        version   CONSTANT integer  := ptflow.next_version(\(string: plan.net.name));
        no_change CONSTANT bigint[] := array_fill(0::bigint, ARRAY[\(plan.places.count)]);
        vector             bigint[];
        change             record;
    BEGIN
        \([insert(.places, placeRows), insert(.transitions, transitionRows), insert(.arcs, arcRows),
           insert(.conditions, conditionRows), fillDelta].filter { !$0.isEmpty }, separator: "\n\n")
    END;
    """
  }

  /// Fills the vectors by the few places that a transition changes.
  private var fillDelta: SQL {
    guard !plan.transitions.isEmpty else { return "" }
    return """
      FOR change IN
          SELECT c.action, c.numbers::integer[], c.tokens::bigint[], c.resets::integer[]
            FROM (VALUES
                 -- transition, the places that it changes, by how many tokens or to how many, those that it resets
                 \(values(plan.transitions.map(changes)))
                 ) AS c (action, numbers, tokens, resets)
      LOOP
          vector := no_change;
          FOR i IN 1 .. cardinality(change.numbers) LOOP
              vector[change.numbers[i]] := change.tokens[i];
          END LOOP;
          INSERT INTO \(object("delta")) VALUES (version, change.action, vector, change.resets);
      END LOOP;
      """
  }

  private func changes(of transition: TransitionPlan) -> [SQL] {
    let tokens = transition.changes.map { change in
      switch change {
      case .add(_, let tokens), .reset(_, let tokens): tokens
      }
    }
    let resets = transition.changes.compactMap { if case .reset(let place, _) = $0 { place + 1 } else { nil } }
    return [
      "\(string: transition.transition.name)", array(transition.changes.map { $0.place + 1 }), array(tokens),
      array(resets),
    ]
  }

  private func insert(_ table: NetTable, _ rows: [[SQL]]) -> SQL {
    guard !rows.isEmpty else { return "" }
    return """
      INSERT INTO \(object(table.rawValue)) VALUES
          \(values(rows.map { ["version"] + $0 }));
      """
  }

  private var placeRows: [[SQL]] {
    plan.places.enumerated().map { index, plan in
      let place = plan.place
      return [
        "\(string: place.name)", "\(index + 1)", "\(string: plan.column)", "\(place.initial)", "\(place.capacity)",
        "\(place.position?.x)", "\(place.position?.y)",
      ]
    }
  }

  private var transitionRows: [[SQL]] {
    plan.transitions.enumerated().map { index, plan in
      let transition = plan.transition
      let roles = plan.roles.map { "\(string: $0)" as SQL }
      return [
        "\(string: transition.name)", "\(index + 1)", "\(string: plan.function)", "ARRAY[\(roles, separator: ", ")]",
        "\(transition.position?.x)", "\(transition.position?.y)",
        "\(string: transition.payload?.document.json)", "\(string: transition.when?.text)",
      ]
    }
  }

  private var arcRows: [[SQL]] {
    plan.net.arcs.map { arc in
      [
        "\(string: plan.net.transitions[arc.transition].name)", "\(string: plan.net.places[arc.place].name)",
        "\(string: arc.kind.rawValue)", "\(arc.weight)",
      ]
    }
  }

  private var conditionRows: [[SQL]] {
    plan.transitions.flatMap { transition in
      transition.conditions.enumerated().map { index, condition -> [SQL] in
        [
          "\(string: transition.transition.name)", "\(condition.place + 1)", "\(index + 1)",
          "\(string: condition.kind.rawValue)", "\(string: condition.kind.relation.rawValue)", "\(condition.need)",
          "\(condition.drift)", "\(condition.afterReset)",
        ]
      }
    }
  }

  /// Numbers as the text of an array.
  func array(_ numbers: [Int]) -> SQL { "'{\(numbers.map { "\($0)" as SQL }, separator: ",")}'" }
}

/// The tables that hold a net as data.
enum NetTable: String, CaseIterable {
  case places, transitions, arcs, conditions, delta

  struct Column {
    let name: String
    let type: String
    var meaning: String?

    init(_ name: String, _ type: String, _ meaning: String? = nil) {
      self.name = name
      self.type = type
      self.meaning = meaning
    }
  }

  var meaning: String {
    switch self {
    case .places: "The places; a marking counts their tokens in the order of number."
    case .transitions: "The transitions; to fire one is an action."
    case .arcs: "What each transition takes, reads, must not find, empties and puts."
    case .conditions: "What each transition demands of the places that it touches, before it fires."
    case .delta: "What one firing adds to the marking: a vector in the order of places.number."
    }
  }

  var columns: [Column] {
    let version = Column("version", "integer NOT NULL", "The version of the net.")
    let action = Column("action", "text COLLATE \"C\" NOT NULL", "The transition.")
    return [version]
      + {
        switch self {
        case .places:
          [
            Column("place", "text COLLATE \"C\" NOT NULL", "Its own name."),
            Column("number", "integer NOT NULL", "Its place in a marking, from 1."),
            Column("column_name", "name NOT NULL", "Its column in the views states and history."),
            Column("initial", "bigint NOT NULL", "The tokens with which an instance begins."),
            Column("capacity", "bigint", "The most tokens that it may hold; NULL for no limit."),
            Column("x", "double precision"), Column("y", "double precision"),
          ]
        case .transitions:
          [
            action, Column("number", "integer NOT NULL", "Its place in the net, from 1."),
            Column("function_name", "name NOT NULL", "The function that fires it and nothing else."),
            Column("roles", "text[] COLLATE \"C\" NOT NULL", "Who holds one of these, or *, may fire it."),
            Column("x", "double precision"), Column("y", "double precision"),
            Column("payload", "jsonb", "What its payload has to be: a JSON Schema; NULL for anything."),
            Column("guard", "text", "What has to be true besides, in CEL; NULL for nothing."),
          ]
        case .arcs:
          [
            action, Column("place", "text COLLATE \"C\" NOT NULL"), Column("kind", "text COLLATE \"C\" NOT NULL"),
            Column("weight", "bigint NOT NULL", "How many tokens; 1 for a reset, where it has no meaning."),
          ]
        case .conditions:
          [
            action, Column("number", "integer NOT NULL", "The place, by places.number."),
            Column("rank", "integer NOT NULL", "In which order the conditions of the transition are told."),
            Column("condition", "text COLLATE \"C\" NOT NULL", "What demands it."),
            Column("relation", "text COLLATE \"C\" NOT NULL", "How the tokens are compared with the need."),
            Column("need", "bigint NOT NULL", "The limit, in tokens before one firing."),
            Column("drift", "bigint NOT NULL", "By how many tokens a firing brings the place nearer to the limit."),
            Column("after_reset", "bigint", "The tokens after each firing, where the transition resets the place."),
          ]
        case .delta:
          [
            action,
            Column("vector", "bigint[] NOT NULL", "What one firing adds; to a place that it resets, what it leaves."),
            Column("resets", "integer[] NOT NULL", "The places that it resets, by places.number."),
          ]
        }
      }()
  }

  func constraints(in renderer: Renderer) -> [SQL] {
    let name = rawValue
    func key(_ columns: SQL) -> SQL { "CONSTRAINT \(name: name + "_pkey") PRIMARY KEY (version, \(columns))" }
    let action: SQL = """
      CONSTRAINT \(name: name + "_action") FOREIGN KEY (version, action) REFERENCES \(renderer.object("transitions"))
      """
    switch self {
    case .places:
      return [
        key("place"), "CONSTRAINT places_number UNIQUE (version, number)",
        "CONSTRAINT places_column UNIQUE (version, column_name)",
      ]
    case .transitions:
      return [
        key("action"), "CONSTRAINT transitions_number UNIQUE (version, number)",
        "CONSTRAINT transitions_function UNIQUE (version, function_name)",
      ]
    case .arcs:
      return [
        key("action, place, kind"), action,
        "CONSTRAINT arcs_place FOREIGN KEY (version, place) REFERENCES \(renderer.object("places"))",
        "CONSTRAINT arcs_kind CHECK (kind IN ('input', 'read', 'inhibitor', 'reset', 'output'))",
        "CONSTRAINT arcs_weight CHECK (weight >= 1)",
      ]
    case .conditions: return [key("action, number, condition"), action]
    case .delta: return [key("action"), action]
    }
  }
}
