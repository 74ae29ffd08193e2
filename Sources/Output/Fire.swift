internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The function that fires.
  var fireSQL: SQL {
    """
    -- Firing -----------------------------------------------------------------------------------------------------
    --
    -- The plain call: three statements that all transitions share, and a branch for each transition. The primary key of
    -- events makes two firings of one state impossible. Who comes too late queues on the instance's row and looks again.
    -- Whatever is not plain, or is refused, leaves by EXIT fire and is settled by fire_in_turn.

    CREATE FUNCTION \(function(.fire))(
        id       text,
        action   text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text
    )
        RETURNS json
        \(dialect.innerFunction)
    AS \(body: fireBody);
    """
  }

  private var fireBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        caller CONSTANT text := \(caller);
        role            text;
        seq             bigint;
        txid            bigint;
        at              timestamptz;
        version         integer;
        hash            bytea;
        m               \(plan.marking.element.sql)[];
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
              FROM \(object("events")) AS e
             WHERE e.id = id
             ORDER BY e.seq DESC
             LIMIT 1;

            \(changes)

            -- There is a state, and what was taken was there. To empty a place makes a vector even of NULL.
            EXIT fire WHEN (seq IS NOT NULL AND role IS NOT NULL AND 0 <= ALL (m)
                            AND (expected IS NULL OR expected = seq)) IS NOT TRUE;

            -- Nothing is inserted when somebody else was first.
            INSERT INTO \(object("events")) AS e
                   (\(eventColumns))
            OVERRIDING SYSTEM VALUE
            VALUES (\(eventValues(nextEvent)))
                ON CONFLICT DO NOTHING
         RETURNING \(answerText("e", multiple: "1", isReplayed: false))
              INTO answer;
            IF answer IS NOT NULL THEN
                RETURN answer;
            END IF;
            \(dialect.perform("FROM \(object("instances")) AS i WHERE i.id = id FOR NO KEY UPDATE"))
        END LOOP fire;

        RETURN \(function(.fireInTurn))(id, action, payload, multiple, expected, key, caller);
    END;
    """
  }

  /// The role under which the action is fired, and the marking after it.
  private var changes: SQL {
    let inputs = RuleInputs(marking: "m", multiple: "1", actor: "caller")
    guard plan.parts.count == 1 else {
      return """
        role := \(function(.roleFor))(action, caller);
        m := \(step(action: "action", inputs));
        """
    }
    func role(_ transition: TransitionPlan) -> SQL { "role := \(holder(of: transition.roles, caller: "caller"));" }
    // What is the same of all is written once: PL/pgSQL compiles every branch at the first call of a connection.
    let isSame = Set(plan.transitions.map(\.roles)).count == 1
    let first = { (transition: TransitionPlan) -> SQL in
      let summary: SQL = "-- \(comment: transition.summary(in: self.plan))"
      return isSame ? summary : [summary, role(transition)].joined()
    }
    let branches = branches(of: plan.parts[0], inputs, times: nil, first: first, refused: "EXIT fire;")
    return isSame ? [role(plan.transitions[0]), "", branches].joined() : branches
  }

  /// The columns of the event after `seq`, `hash` and `m`, of a plain call.
  private func nextEvent(_ column: EventColumn) -> SQL {
    switch column {
    case .seq: "seq + 1"
    case .txid: "greatest(txid, \(dialect.transaction))"
    case .actor: "caller"
    case .marking: "m"
    case .at, .version, .id, .action, .role, .payload: "\(name: column.rawValue)"
    case .hash:
      hash(
        after: "hash", at: dialect.bytes(ofTime: "at"),
        details: details(
          payloadHash: hash(of: "payload::text"), multiple: nil, keyHash: "NULL", action: "action", role: "role",
          actor: "caller"))
    }
  }
}
