internal import JSON
internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// How an instance begins.
  var beginningSQL: SQL {
    """
    -- The beginning of an instance -------------------------------------------------------------------------------

    \(stateTextSQL)

    -- Makes an instance in the initial marking, unless it is there. Answers whether it was this call that made it.
    CREATE FUNCTION \(function(.begin))(id text, caller text)
        RETURNS boolean
        \(dialect.innerFunction)
    AS \(body: beginBody);

    -- Makes an instance, or answers again what the call that made it was answered.
    CREATE FUNCTION \(function(.createInstance))(id text)
        RETURNS json
        \(dialect.innerFunction)
    AS \(body: createBody);
    """
  }

  private var beginBody: SQL {
    let details = details(
      payloadHash: hash(of: "'{}'"), multiple: nil, keyHash: "NULL", action: "''", role: "role", actor: "caller")
    let values = eventValues { column in
      switch column {
      case .seq: "0"
      case .txid: dialect.transaction
      case .at: "at"
      case .version: "version"
      case .id: "id"
      case .action: "''"
      case .actor: "caller"
      case .role: "role"
      case .marking: "\(array(plan.net.initialMarking.counts))"
      case .payload: "'{}'"
      case .hash:
        hash(
          after: rootHash(digest: "encode(digest, 'hex')", id: "id"), at: dialect.bytes(ofTime: "at"),
          details: details)
      }
    }
    return """
      #variable_conflict use_variable
      DECLARE
          role CONSTANT text        := \(function(.creatingRole))(caller);
          at   CONSTANT timestamptz := clock_timestamp();
          made          text;
          version       integer;
          digest        bytea;
      BEGIN
          IF (length(id) BETWEEN 1 AND 255) IS NOT TRUE THEN
              \(dialect.perform("ptflow.refuse_id(id)"))
          ELSIF role IS NULL THEN
              \(refuseCreate)
          END IF;

          SELECT n.version, n.digest INTO version, digest FROM ptflow.nets AS n WHERE n.net = \(string: plan.net.name);
          IF version IS NULL THEN
              \(dialect.perform("ptflow.refuse_net(\(string: plan.net.name))"))
          END IF;

          -- The event first: whatever a trigger on either table does, it finds the instance begun.
          INSERT INTO \(object("events")) AS e
                 (\(eventColumns))
          OVERRIDING SYSTEM VALUE
          VALUES (\(values))
              ON CONFLICT DO NOTHING
       RETURNING e.id INTO made;
          IF made IS NULL THEN
              RETURN false;
          END IF;

          INSERT INTO \(object("instances")) (id, seq)
          OVERRIDING SYSTEM VALUE
          VALUES (id, 0);
          RETURN true;
      END;
      """
  }

  /// Refuses who may not make instances.
  var refuseCreate: SQL {
    let roles = plan.creators.map { "\(string: $0)" as SQL }
    return dialect.perform(
      "ptflow.refuse_create(\(string: plan.net.name), caller, ARRAY[\(wrapped(roles))]::text[])")
  }

  private var createBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        replayed CONSTANT boolean := NOT \(function(.begin))(id, \(caller));
        answer            json;
    BEGIN
        SELECT \(creationText)
          INTO answer
          FROM \(object("events")) AS e
         WHERE e.id = id AND e.seq = 0;
        RETURN answer;
    END;
    """
  }

  /// What a creation answers: an event without an action.
  private var creationText: SQL {
    let template = [
      "{\"net\":\(inFormat(json(plan.net.name))),\"id\":%s,\"seq\":0,\"action\":null,\"multiple\":null,",
      "\"state\":%s,\"hash\":\"%s\",\"at\":%s,\"replayed\":%s}",
    ].joined()
    return """
      format(\(string: template),
             to_json(e.id),
             \(markingText("e.marking")),
             encode(e.hash, 'hex'), to_json(e.at), to_json(replayed))::json
      """
  }
}
