internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The function that reads the log in the order of a feed.
  var feedSQL: SQL {
    """
    -- Feed -------------------------------------------------------------------------------------------------------

    -- The first events of a range of transactions, each after the start of its slot. An instance is in the slot that its id
    -- says: of one, or of as many as there are starts. A start that is NULL is somebody else's.
    CREATE FUNCTION \(function(.readFeed))(starts ptflow.position[], low bigint, until bigint, "limit" bigint, actions text[])
        RETURNS ptflow.feed_event[]
        \(dialect.innerFunction)
        STABLE
    AS \(body: readFeedBody);
    """
  }

  private var readFeedBody: SQL {
    let net: SQL = "\(string: plan.net.name)"
    return """
      #variable_conflict use_variable
      DECLARE
          slots CONSTANT integer := cardinality(starts);
      BEGIN
          RETURN ARRAY(
              SELECT ROW(e.txid, \(net), e.id, e.seq, nullif(e.action, ''), coalesce(d.multiple, 1), e.payload,
                         \(function(.stateText))(e.marking)::jsonb, e.actor, e.role, d.key, e.at,
                         encode(e.hash, 'hex'))::ptflow.feed_event
                FROM (SELECT e.*
                        FROM \(object("events")) AS e
                        JOIN unnest(starts) WITH ORDINALITY AS s (txid, net, id, seq, slot)
                          ON s.slot = CASE slots WHEN 1 THEN 1 ELSE 1 + get_byte(\(hash(of: "e.id")), 0) % slots END
                       WHERE e.txid >= low
                         AND e.txid < until
                         AND (e.txid, \(net) COLLATE "C", e.id, e.seq) > (s.txid, s.net, s.id, s.seq)
                         AND (actions IS NULL OR e.action = ANY (actions))
                       ORDER BY e.txid, e.id, e.seq
                       LIMIT "limit") AS e
                LEFT JOIN \(object("details")) AS d ON d.id = e.id AND d.seq = e.seq
               ORDER BY e.txid, e.id, e.seq);
      END;
      """
  }
}
