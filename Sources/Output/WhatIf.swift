internal import JSON
internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The functions that say what firing would come to, and fire nothing.
  var whatIfSQL: SQL {
    """
    -- What if ----------------------------------------------------------------------------------------------------
    --
    -- Nothing is kept and nobody is waited for, so that a replica can answer. What decides is what decides when it fires.

    -- The last event of an instance; of one that is not there, the beginning that the caller's call would give it.
    CREATE FUNCTION \(function(.present))(id text, action text, expected bigint, caller text)
        RETURNS \(object("events"))
        \(dialect.innerFunction)
        STABLE
    AS \(body: presentBody);

    CREATE FUNCTION \(function(.tryFiring))(
        id       text,
        action   text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text
    )
        RETURNS json
        \(dialect.innerFunction)
        STABLE
    AS \(body: tryBody);

    CREATE FUNCTION \(function(.simulate))(id text, actions jsonb)
        RETURNS TABLE (step bigint, action text, multiple bigint, role text, seq bigint, state jsonb,
                       code text, message text, detail jsonb, hint text)
        \(dialect.innerFunction)
        STABLE
    AS \(body: simulateBody);

    -- A search in breadth: level by level all markings that were not met before, each with how it was first reached.
    CREATE FUNCTION \(function(.planFirings))(id text, goal text, max_steps bigint)
        RETURNS jsonb
        \(dialect.innerFunction)
        STABLE
    AS \(body: planBody);
    """
  }

  private var net: SQL { "\(string: plan.net.name)" }

  private var presentBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        last \(object("events"));
    BEGIN
        SELECT e.* INTO last FROM \(object("events")) AS e WHERE e.id = id ORDER BY e.seq DESC LIMIT 1;
        IF last.seq IS NOT NULL THEN
            RETURN last;
        END IF;

        IF expected > 0 THEN
            \(dialect.perform("ptflow.refuse_expected(\(net), id, action, expected, 0)"))
        ELSIF \(function(.creatingRole))(caller) IS NULL THEN
            \(refuseCreate)
        END IF;
        last := (SELECT ROW(\(eventValues(beginning)))::\(object("events")) FROM ptflow.nets AS n WHERE n.net = \(net));
        RETURN last;
    END;
    """
  }

  /// The columns of a beginning that was not made.
  private func beginning(_ column: EventColumn) -> SQL {
    switch column {
    case .seq: "0"
    case .id: "id"
    case .version: "n.version"
    case .marking: "\(array(plan.net.initialMarking.counts))"
    case .txid, .at, .action, .actor, .role, .payload, .hash: "NULL"
    }
  }

  private var tryBody: SQL {
    let inputs = RuleInputs(
      marking: "last.marking", at: "greatest(last.at, clock_timestamp())", actor: "caller", seq: "last.seq")
    let admission: SQL = "\(function(.admit))(id, action, payload, multiple, expected, key, caller)"
    let declarations: [SQL] =
      ["caller CONSTANT text := \(caller);"]
      + (plan.hasRules ? ["role   CONSTANT text := \(admission);"] : [])
      + ["last   \(object("events"));", "m      \(plan.marking.element.sql)[];", "answer json;"]
    let start: [SQL] =
      (plan.hasRules ? [] : [dialect.perform(admission)])
      + ["last := \(function(.present))(id, action, expected, caller);"]
    return """
      #variable_conflict use_variable
      DECLARE
          \(declarations)
      BEGIN
          \(start)
          IF key IS NOT NULL THEN
              answer := \(function(.answerAgain))(id, action, payload, multiple, key);
              IF answer IS NOT NULL THEN
                  RETURN answer;
              END IF;
          END IF;

          m := \(judgement(version: "last.version", expected: "expected", inputs));
          RETURN \(triedText);
      END;
      """
  }

  /// What a trial answers: the event that a dispatch would make, without what only making it gives.
  private var triedText: SQL {
    let template = [
      "{\"net\":\(inFormat(json(plan.net.name))),\"id\":%s,\"seq\":%s,\"action\":%s,\"multiple\":%s,",
      "\"state\":%s,\"hash\":null,\"at\":null,\"replayed\":false}",
    ].joined()
    return """
      format(\(string: template),
             to_json(id), last.seq + 1, to_json(action), multiple,
             \(function(.stateText))(m))::json
      """
  }

  private var simulateBody: SQL {
    let inputs = RuleInputs(
      marking: "m", payload: "given.payload", at: "greatest(last.at, clock_timestamp())", actor: "caller", seq: "number"
    )
    return """
      #variable_conflict use_variable
      DECLARE
          caller  CONSTANT text := \(caller);
          given   record;
          last    \(object("events"));
          m       \(plan.marking.element.sql)[];
          number  bigint;
      BEGIN
          \(dialect.perform("ptflow.demand_read(\(net))"))
          FOR given IN SELECT a.step, a.action, a.payload, a.multiple, a.expected FROM ptflow.actions(actions) AS a LOOP
              step := given.step;
              action := given.action;
              multiple := given.multiple;
              role := NULL;
              seq := NULL;
              state := NULL;
              BEGIN
                  role := \(function(.admit))(id, action, given.payload, multiple, given.expected, NULL, caller);
                  IF number IS NULL THEN
                      last := \(function(.present))(id, action, given.expected, caller);
                      m := last.marking;
                      number := last.seq;
                  END IF;
                  m := \(judgement(version: "last.version", expected: "given.expected", inputs));
                  number := number + 1;
                  seq := number;
                  state := \(function(.stateText))(m)::jsonb;
              EXCEPTION
                  WHEN SQLSTATE 'PT400' OR SQLSTATE 'PT403' OR SQLSTATE 'PT404' OR SQLSTATE 'PT409' OR SQLSTATE 'PT412'
                       OR SQLSTATE 'PT422' THEN
                      GET STACKED DIAGNOSTICS code    = RETURNED_SQLSTATE,
                                              message = MESSAGE_TEXT,
                                              detail  = PG_EXCEPTION_DETAIL,
                                              hint    = PG_EXCEPTION_HINT;
              END;
              RETURN NEXT;
              EXIT WHEN code IS NOT NULL;
          END LOOP;
      END;
      """
  }

  private var planBody: SQL {
    let inputs = RuleInputs(
      marking: "u.marking::\(plan.marking.element.sql)[]", payload: "'{}'", multiple: "1",
      at: "greatest(last.at, clock_timestamp())", actor: "caller", role: "\(function(.roleFor))(a.action, caller)",
      seq: "last.seq + depth")
    return """
      #variable_conflict use_variable
      DECLARE
          caller CONSTANT text     := \(caller);
          most   CONSTANT bigint   := 100000::bigint;
          path            jsonpath;
          last            \(object("events"));
          actions         text[];
          -- each marking that was met, the number of the one before it, and what fired there
          markings        text[];
          parents         bigint[] := ARRAY[NULL]::bigint[];
          fired           text[]   := ARRAY[NULL]::text[];
          first           bigint   := 1::bigint;
          next_markings   text[];
          next_parents    bigint[];
          next_fired      text[];
          reached         bigint;
          is_unclear      boolean;
          steps           jsonb    := '[]'::jsonb;
      BEGIN
          \(dialect.perform("ptflow.demand_read(\(net))"))
          IF (max_steps >= 0) IS NOT TRUE THEN
              \(dialect.perform("ptflow.refuse_search(\(net), max_steps, NULL)"))
          ELSIF (length(id) BETWEEN 1 AND 255) IS NOT TRUE THEN
              \(dialect.perform("ptflow.refuse_id(id)"))
          END IF;
          path := ptflow.goal(\(net), goal);
          last := \(function(.present))(id, NULL, NULL, caller);
          markings := ARRAY[last.marking::text];
          actions := ARRAY(SELECT t.action FROM \(object("transitions")) AS t
                            WHERE t.version = last.version AND \(function(.roleFor))(t.action, caller) IS NOT NULL
                            ORDER BY t.number);

          FOR depth IN 0 .. least(max_steps, most)::integer LOOP
              SELECT min(j.number) FILTER (WHERE j.is_met), bool_or(j.is_met IS NULL)
                INTO reached, is_unclear
                FROM (SELECT first - 1 + u.number AS number,
                             \(function(.stateText))(u.marking::\(plan.marking.element.sql)[])::jsonb @@ path AS is_met
                        FROM unnest(markings[first :]) WITH ORDINALITY AS u (marking, number)) AS j;
              IF is_unclear THEN
                  \(dialect.perform("ptflow.refuse_goal(\(net), goal, 'it is neither true nor false')"))
              END IF;
              EXIT WHEN reached IS NOT NULL OR depth = max_steps;

              SELECT array_agg(n.marking ORDER BY n.parent, n.rank), array_agg(n.parent ORDER BY n.parent, n.rank),
                     array_agg(n.action ORDER BY n.parent, n.rank)
                INTO next_markings, next_parents, next_fired
                FROM (SELECT DISTINCT ON (s.marking) s.marking, first - 1 + u.number AS parent, a.rank, a.action
                        FROM unnest(markings[first :]) WITH ORDINALITY AS u (marking, number)
                       CROSS JOIN unnest(actions) WITH ORDINALITY AS a (action, rank)
                       CROSS JOIN LATERAL (SELECT \(step(action: "a.action", inputs))::text AS marking
                                           OFFSET 0) AS s
                       WHERE s.marking IS NOT NULL
                         AND NOT EXISTS (SELECT FROM unnest(markings) AS m (marking) WHERE m.marking = s.marking)
                       ORDER BY s.marking, u.number, a.rank) AS n;
              EXIT WHEN next_markings IS NULL;
              first := cardinality(markings) + 1::bigint;
              markings := markings || next_markings;
              parents := parents || next_parents;
              fired := fired || next_fired;
              IF cardinality(markings) > most THEN
                  \(dialect.perform("ptflow.refuse_search(\(net), max_steps, most)"))
              END IF;
          END LOOP;

          IF reached IS NULL THEN
              RETURN NULL;
          END IF;
          WHILE parents[reached] IS NOT NULL LOOP
              steps := jsonb_build_array(fired[reached]) || steps;
              reached := parents[reached];
          END LOOP;
          RETURN steps;
      END;
      """
  }
}
