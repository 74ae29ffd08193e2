internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The function that fires when it is the caller's turn.
  var fireInTurnSQL: SQL {
    """
    -- Everything else: refusals, keys, several firings, the first event, and whoever came too late. One at a time for an
    -- instance: they queue on its row.
    CREATE FUNCTION \(function(.fireInTurn))(
        id       text,
        action   text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text,
        caller   text
    )
        RETURNS json
        \(dialect.innerFunction)
    AS \(body: fireInTurnBody);

    -- What the first call with a key was answered, or NULL if there was none. The caller holds the row of the instance.
    CREATE FUNCTION \(function(.answerAgain))(id text, action text, payload jsonb, multiple bigint, key text)
        RETURNS json
        \(dialect.innerFunction)
        STABLE
    AS \(body: answerAgainBody);
    """
  }

  private var fireInTurnBody: SQL {
    let net: SQL = "\(string: plan.net.name)"
    let inputs = RuleInputs(marking: "last.marking", actor: "caller", seq: "last.seq")
    return """
      #variable_conflict use_variable
      DECLARE
          role   CONSTANT text := \(function(.roleFor))(action, caller);
          last   \(object("events"));
          made   \(object("events"));
          at     timestamptz;
          m      \(plan.marking.element.sql)[];
          answer json;
      BEGIN
          -- Nothing is locked, read or told before it is allowed.
          \(dialect.perform("ptflow.refuse_arguments(id, action, payload, multiple, expected, key)"))
          IF role IS NULL THEN
              \(refuseRole(id: "id", action: "action"))
          END IF;

          FOR attempt IN 1 .. 100 LOOP
              -- The queue. Whose transaction has written the last event has its turn already: all who queue wait for it.
              \(dialect.perform("""
                FROM \(object("instances")) AS i
                 WHERE i.id = id
                   AND (SELECT e.txid FROM \(object("events")) AS e WHERE e.id = i.id ORDER BY e.seq DESC LIMIT 1)
                       IS DISTINCT FROM \(dialect.ownTransaction)
                   FOR NO KEY UPDATE
                """))
              SELECT e.* INTO last FROM \(object("events")) AS e WHERE e.id = id ORDER BY e.seq DESC LIMIT 1;
              IF last.seq IS NULL THEN
                  IF expected > 0 THEN
                      \(dialect.perform("ptflow.refuse_expected(\(net), id, action, expected, 0)"))
                  END IF;
                  \(dialect.perform("\(function(.begin))(id, caller)"))
                  CONTINUE;
              END IF;

              IF key IS NOT NULL THEN
                  answer := \(function(.answerAgain))(id, action, payload, multiple, key);
                  IF answer IS NOT NULL THEN
                      RETURN answer;
                  END IF;
              END IF;

              IF expected <> last.seq THEN
                  \(dialect.perform("ptflow.refuse_expected(\(net), id, action, expected, last.seq)"))
              END IF;

              at := greatest(last.at, clock_timestamp());
              m := \(step(action: "action", inputs));
              IF m IS NULL THEN
                  \(dialect.perform("""
                    ptflow.refuse_firing(\(net), id, action, multiple, last.seq, \(function(.explain))(
                        last.marking, last.version, action, multiple)\(brokenRules(action: "action", inputs)))
                    """))
              END IF;

              INSERT INTO \(object("events")) AS e
                     (\(eventColumns))
              OVERRIDING SYSTEM VALUE
              VALUES (\(eventValues(nextEvent)))
                  ON CONFLICT DO NOTHING
           RETURNING e.* INTO made;
              IF made.seq IS NOT NULL THEN
                  IF key IS NOT NULL OR multiple > 1 THEN
                      INSERT INTO \(object("details")) (id, seq, multiple, key)
                      OVERRIDING SYSTEM VALUE
                      VALUES (id, made.seq, multiple, key);
                  END IF;
                  RETURN \(answerText("made", multiple: "multiple", isReplayed: false));
              END IF;
          END LOOP;

          \(dialect.perform("ptflow.refuse_busy(\(net), id, action)"))
          RETURN NULL;
      END;
      """
  }

  /// The columns of the event after `last`.
  private func nextEvent(_ column: EventColumn) -> SQL {
    switch column {
    case .seq: "last.seq + 1"
    case .txid: dialect.transaction
    case .version: "last.version"
    case .actor: "caller"
    case .marking: "m"
    case .at, .id, .action, .role, .payload: "\(name: column.rawValue)"
    case .hash:
      hash(
        after: "last.hash", at: dialect.bytes(ofTime: "at"),
        details: details(
          payload: "payload::text", multiple: "multiple", key: "key", action: "action", role: "role", actor: "caller"))
    }
  }

  private var answerAgainBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        first   \(object("events"));
        number  bigint;
        firings bigint;
        differs text[];
    BEGIN
        SELECT d.seq, d.multiple INTO number, firings FROM \(object("details")) AS d WHERE d.id = id AND d.key = key;
        IF number IS NULL THEN
            RETURN NULL;
        END IF;

        SELECT e.* INTO first FROM \(object("events")) AS e WHERE e.id = id AND e.seq = number;
        differs := ptflow.differences(first.action, firings, first.payload, action, multiple, payload);
        IF differs <> '{}' THEN
            \(dialect.perform("ptflow.refuse_key(\(string: plan.net.name), id, action, key, number, differs)"))
        END IF;
        RETURN \(answerText("first", multiple: "firings", isReplayed: true));
    END;
    """
  }
}
