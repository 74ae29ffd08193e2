internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The past, a column a place.
  var historySQL: SQL {
    """
    -- The past ---------------------------------------------------------------------------------------------------

    CREATE VIEW \(object("history")) AS
        SELECT \(wrapped(["e.id", "e.seq", "e.action", "coalesce(d.multiple, 1) AS multiple", "e.payload"]
          + counts + ["e.actor", "e.role", "d.key", "e.at", "e.hash", "e.version", "e.txid"]))
          FROM \(object("events"))  AS e
          LEFT JOIN \(object("details")) AS d ON d.id = e.id AND d.seq = e.seq;

    COMMENT ON VIEW \(object("history")) IS 'All events, a column a place: the tokens after the event.';
    """
  }

  private var counts: [SQL] {
    guard plan.hasColumnForEachPlace else { return ["e.marking"] }
    return plan.places.enumerated().map { "e.marking[\($0 + 1)] AS \(name: $1.column)" }
  }
}
