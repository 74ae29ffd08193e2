internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The function that fires when it is the caller's turn.
  var fireInTurnSQL: SQL {
    """
    -- The role under which a call fires. Refuses a call that is malformed or not allowed: nothing is locked, read or told
    -- before.
    CREATE FUNCTION \(function(.admit))(
        id       text,
        action   text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text,
        caller   text
    )
        RETURNS text
        \(dialect.innerFunction)
        STABLE
    AS \(body: admitBody);

    -- The marking to which a call brings an instance whose last event is known. Refuses one that it does not let through.
    CREATE FUNCTION \(function(.judge))(
        marking     \(plan.marking.element.sql)[],
        net_version integer,
        action      text,
        multiple    bigint,
        expected    bigint,
        \(plan.hasRules ? circumstances : "id text, seq bigint")
    )
        RETURNS \(plan.marking.element.sql)[]
        \(dialect.innerFunction)
        STABLE
    AS \(body: judgeBody);

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

  private var admitBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        role CONSTANT text := \(function(.roleFor))(action, caller);
    BEGIN
        \(dialect.perform("ptflow.refuse_arguments(id, action, payload, multiple, expected, key)"))
        IF role IS NULL THEN
            \(refuseRole(id: "id", action: "action"))
        END IF;
        RETURN role;
    END;
    """
  }

  private var judgeBody: SQL {
    let net: SQL = "\(string: plan.net.name)"
    return """
      #variable_conflict use_variable
      DECLARE
          m \(plan.marking.element.sql)[];
      BEGIN
          IF expected <> seq THEN
              \(dialect.perform("ptflow.refuse_expected(\(net), id, action, expected, seq)"))
          END IF;

          m := \(step(action: "action", .ofArguments));
          IF m IS NULL THEN
              \(dialect.perform("""
                ptflow.refuse_firing(\(net), id, action, multiple, seq, \(function(.explain))(
                    marking, net_version, action, multiple)\(brokenRules(action: "action", .ofArguments)))
                """))
          END IF;
          RETURN m;
      END;
      """
  }

  /// A call of `judge`.
  ///
  /// - Parameters:
  ///   - version: the version of the net that the instance runs.
  ///   - expected: the seq that is expected.
  ///   - inputs: what the rule looks at; the seq is that of the last event.
  /// - Returns: an expression, the marking after the firing.
  func judgement(version: SQL, expected: SQL, _ inputs: RuleInputs) -> SQL {
    let known: [SQL] = plan.hasRules ? [inputs.payload, inputs.at, inputs.actor, inputs.role] : []
    let arguments = [inputs.marking, version, "action", inputs.multiple, expected] + known + [inputs.id, inputs.seq]
    return "\(function(.judge))(\(wrapped(arguments)))"
  }

  private var fireInTurnBody: SQL {
    let net: SQL = "\(string: plan.net.name)"
    let inputs = RuleInputs(marking: "last.marking", actor: "caller", seq: "last.seq")
    return """
      #variable_conflict use_variable
      DECLARE
          role   CONSTANT text := \(function(.admit))(id, action, payload, multiple, expected, key, caller);
          last   \(object("events"));
          made   \(object("events"));
          at     timestamptz;
          m      \(plan.marking.element.sql)[];
          answer json;
      BEGIN
          FOR attempt IN 1 .. 100 LOOP
              -- The queue. Whose transaction has written the last event has its turn already: all who queue wait for it. It
              -- has another's number where that is later, so such a one is tried first without the queue.
              \(dialect.perform("""
                FROM \(object("instances")) AS i
                 WHERE i.id = id
                   AND (SELECT e.txid = \(dialect.ownTransaction)
                               OR e.txid > \(dialect.ownTransaction) AND attempt = 1
                          FROM \(object("events")) AS e
                         WHERE e.id = i.id
                         ORDER BY e.seq DESC
                         LIMIT 1) IS NOT TRUE
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

              at := greatest(last.at, clock_timestamp());
              m := \(judgement(version: "last.version", expected: "expected", inputs));
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
    case .txid: "greatest(last.txid, \(dialect.transaction))"
    case .version: "last.version"
    case .actor: "caller"
    case .marking: "m"
    case .at, .id, .action, .role, .payload: "\(name: column.rawValue)"
    case .hash:
      hash(
        after: "last.hash", at: dialect.bytes(ofTime: "at"),
        details: details(
          payloadHash: hash(of: "payload::text"), multiple: "multiple", keyHash: hash(of: "key"), action: "action",
          role: "role", actor: "caller"))
    }
  }

  private var answerAgainBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        first    \(object("events"));
        number   bigint;
        firings  bigint;
        redacted jsonb;
        differs  text[];
    BEGIN
        SELECT d.seq, d.multiple INTO number, firings FROM \(object("details")) AS d WHERE d.id = id AND d.key = key;
        IF number IS NULL THEN
            RETURN NULL;
        END IF;

        SELECT e.* INTO first FROM \(object("events")) AS e WHERE e.id = id AND e.seq = number;
        -- Of a payload that was taken out there is the hash.
        SELECT CASE WHEN r.payload_hash = \(hash(of: "payload::text")) THEN payload ELSE jsonb_build_array(payload) END
          INTO redacted
          FROM \(object("redactions")) AS r
         WHERE r.id = id AND r.seq = number AND r.payload_hash IS NOT NULL;
        differs := ptflow.differences(
            first.action, firings, coalesce(redacted, first.payload), action, multiple, payload);
        IF differs <> '{}' THEN
            \(dialect.perform("ptflow.refuse_key(\(string: plan.net.name), id, action, key, number, differs)"))
        END IF;
        RETURN \(answerText("first", multiple: "firings", isReplayed: true));
    END;
    """
  }
}
