internal import NetAnalysis
internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The present and the past, a column a place.
  var viewsSQL: SQL {
    """
    -- The present and the past -----------------------------------------------------------------------------------

    CREATE VIEW \(object("states")) AS
        SELECT \(wrapped(["i.id", "e.seq"] + columns("e") + stateColumns))
          FROM \(object("instances")) AS i
         CROSS JOIN LATERAL (SELECT e.* FROM \(object("events")) AS e WHERE e.id = i.id ORDER BY e.seq DESC LIMIT 1) AS e
          LEFT JOIN \(object("events")) AS b ON b.id = i.id AND b.seq = 0;

    COMMENT ON VIEW \(object("states")) IS 'The instances as they are now, a column a place.';

    CREATE VIEW \(object("history")) AS
        SELECT \(wrapped(["e.id", "e.seq", "e.action", "coalesce(d.multiple, 1) AS multiple", "e.payload"]
          + columns("e") + ["e.actor", "e.role", "d.key", "e.at", "e.hash", "e.version", "e.txid"]))
          FROM \(object("events"))  AS e
          LEFT JOIN \(object("details")) AS d ON d.id = e.id AND d.seq = e.seq;

    COMMENT ON VIEW \(object("history")) IS 'All events, a column a place: the tokens after the event.';
    \(plan.hasColumnForEachPlace ? reasons : [])
    """
  }

  private var stateColumns: [SQL] {
    ["e.at AS updated_at", "e.hash AS head", "e.version", "b.at AS created_at"]
  }

  private func columns(_ event: SQL) -> [SQL] {
    guard plan.hasColumnForEachPlace else { return ["\(event).marking"] }
    return plan.places.enumerated().map { "\(event).marking[\($0 + 1)] AS \(name: $1.column)" }
  }

  /// Why places hold no more than they do.
  private var reasons: [SQL] {
    plan.places.compactMap { plan in
      guard let bound = plan.bound, case .invariant(let invariant) = bound.proof else { return nil }
      let words = "At most \(bound.most): \(inASCII(clipped(invariant.words(in: self.plan.net))))"
      return "COMMENT ON COLUMN \(object("states")).\(name: plan.column) IS \(string: words);"
    }
  }
}
