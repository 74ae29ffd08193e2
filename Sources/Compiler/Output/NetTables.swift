internal import PetriNet
internal import SQL

extension NetPlan {
  /// The net as data: places, transitions, arcs, and the delta table.
  var tablesSQL: SQL {
    """
    -- The net as data --------------------------------------------------------------------------------------------

    CREATE TABLE \(object("places")) (
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

    COMMENT ON TABLE  \(object("places"))             IS 'The places; a marking counts their tokens in the order of number.';
    COMMENT ON COLUMN \(object("places")).column_name IS 'The column of states and delta that stands for the place.';

    CREATE TABLE \(object("transitions")) (
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

    COMMENT ON TABLE  \(object("transitions"))       IS 'The transitions; to fire one is an action.';
    COMMENT ON COLUMN \(object("transitions")).roles IS 'Who holds one of these, or *, may fire it.';

    CREATE TABLE \(object("arcs")) (
        action text   COLLATE "C" NOT NULL,
        place  text   COLLATE "C" NOT NULL,
        kind   text   COLLATE "C" NOT NULL,
        weight bigint NOT NULL,
        CONSTRAINT arcs_pkey   PRIMARY KEY (action, place, kind),
        CONSTRAINT arcs_action FOREIGN KEY (action) REFERENCES \(object("transitions")),
        CONSTRAINT arcs_place  FOREIGN KEY (place)  REFERENCES \(object("places")),
        CONSTRAINT arcs_kind   CHECK (kind IN ('input', 'read', 'inhibitor', 'reset', 'output')),
        CONSTRAINT arcs_weight CHECK (weight >= 1)
    );

    COMMENT ON TABLE \(object("arcs")) IS 'What each transition takes, reads, must not find, empties and puts.';

    CREATE TABLE \(object("delta")) (
        \(aligned([["action", "text COLLATE \"C\" NOT NULL,"]] + places.map { ["\(name: $0.column)", "bigint NOT NULL,"] }))
        CONSTRAINT delta_pkey   PRIMARY KEY (action),
        CONSTRAINT delta_action FOREIGN KEY (action) REFERENCES \(object("transitions"))
    );

    COMMENT ON TABLE \(object("delta")) IS
        'What one firing adds to each place; to a place that it resets, after emptying it.';

    \(insert(into: "places", placeRows))\
    \(insert(into: "transitions", transitionRows))\
    \(insert(into: "arcs", arcRows))\
    \(insert(into: "delta", deltaRows))\
    -- What a transition asks of one place, and does to it: its arcs there, side by side.
    CREATE VIEW \(object("effects")) AS
        SELECT a.action,
               a.place,
               p.number,
               p.capacity,
               coalesce(max(a.weight) FILTER (WHERE a.kind = 'input'),  0) AS input,
               coalesce(max(a.weight) FILTER (WHERE a.kind = 'output'), 0) AS output,
               max(a.weight) FILTER (WHERE a.kind = 'read')                AS reads,
               max(a.weight) FILTER (WHERE a.kind = 'inhibitor')           AS inhibitor,
               bool_or(a.kind = 'reset')                                   AS resets
          FROM \(object("arcs"))   AS a
          JOIN \(object("places")) AS p ON p.place = a.place
         GROUP BY a.action, a.place, p.number, p.capacity;

    COMMENT ON VIEW \(object("effects")) IS 'What a transition asks of one place, and does to it.';
    """
  }

  private func insert(into table: String, _ rows: [[SQL]]) -> SQL {
    guard !rows.isEmpty else { return "" }
    return """
      INSERT INTO \(object(table)) VALUES
          \(values(rows));


      """
  }

  private var placeRows: [[SQL]] {
    places.enumerated().map { index, plan in
      let place = plan.place
      return [
        "\(string: place.name)", "\(index + 1)", "\(string: plan.column)", "\(place.initial)", "\(place.capacity)",
        "\(place.position?.x)", "\(place.position?.y)",
      ]
    }
  }

  private var transitionRows: [[SQL]] {
    transitions.enumerated().map { index, plan in
      let transition = plan.transition
      let roles = plan.roles.map { "\(string: $0)" as SQL }
      return [
        "\(string: transition.name)", "\(index + 1)", "\(string: plan.function)", "ARRAY[\(roles, separator: ", ")]",
        "\(transition.position?.x)", "\(transition.position?.y)",
      ]
    }
  }

  private var arcRows: [[SQL]] {
    net.arcs.map { arc in
      [
        "\(string: net.transitions[arc.transition].name)", "\(string: net.places[arc.place].name)",
        "\(string: arc.kind.rawValue)", "\(arc.weight)",
      ]
    }
  }

  private var deltaRows: [[SQL]] {
    transitions.map { plan in
      var delta = Array(repeating: 0, count: places.count)
      for effect in plan.effects { delta[effect.place] = effect.resets ? effect.output : effect.change }
      return ["\(string: plan.transition.name)"] + delta.map { "\($0)" }
    }
  }
}
