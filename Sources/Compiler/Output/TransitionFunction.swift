internal import PetriNet
internal import SQL

extension NetPlan {
  /// The functions that fire the transitions.
  var transitionsSQL: SQL {
    """
    -- Transitions ------------------------------------------------------------------------------------------------
    --
    -- Each fires with one UPDATE, which decides, and one INSERT. The UPDATE locks the instance, so two sessions cannot
    -- take the same token. Only when it finds nothing is the reason looked for.

    \(transitions.map(functionSQL), separator: "\n\n")
    """
  }

  /// The function that fires one transition.
  private func functionSQL(_ plan: TransitionPlan) -> SQL {
    """
    -- \(comment: summary(of: plan))
    CREATE FUNCTION \(object(plan.function))(
        id       text,
        payload  jsonb,
        multiple bigint,
        expected bigint,
        key      text
    )
        RETURNS jsonb
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: body(of: plan));
    """
  }

  private func body(of plan: TransitionPlan) -> SQL {
    let action: SQL = "\(string: plan.transition.name)"
    let firings = plan.effects.map { Firing($0, on: places[$0.place]) }
    let results = Dictionary(
      uniqueKeysWithValues: firings.compactMap { firing in firing.result.map { (firing.effect.place, $0) } })
    let at: SQL = "greatest(s.updated_at, moment)"
    let changes = results.sorted { $0.key < $1.key }.map { place, result in
      ["\(name: places[place].column)", "= \(result),"] as [SQL]
    }
    let assignments = changes + [["seq", "= s.seq + 1,"], ["updated_at", "= \(at),"], ["head", "="]]
    let head = HashChain.link(
      "s.head", id: "id", action: plan.transition.name, multiple: "multiple", payload: "body", actor: "caller",
      key: "key", seq: "s.seq + 1", at: at, role: "holder", marking: marking(of: "s", replacing: results))
    let conditions: [SQL] =
      ["s.id = id", "(expected IS NULL OR s.seq = expected)"] + firings.flatMap(\.guards)

    return """
      #variable_conflict use_variable
      DECLARE
          caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
          holder CONSTANT text        := CASE \(holder(of: plan))
                                         END;
          moment CONSTANT timestamptz := clock_timestamp();
          body   CONSTANT text        := payload::text;
          writing         text;
          answer          jsonb;
          now_seq         bigint;
          now_at          timestamptz;
          now_head        bytea;
          now_marking     \(count.sql)[];
      BEGIN
          IF key IS NOT NULL OR holder IS NULL OR body IS NULL OR multiple < 1 OR multiple IS NULL THEN
              answer := \(object("ptflow_prepare"))(id, \(action), payload, multiple, expected, key, holder);
              IF answer IS NOT NULL THEN
                  RETURN answer;
              END IF;
          END IF;

          FOR attempt IN 1 .. 100 LOOP
              writing := set_config('ptflow.writing', 'on', true);
              UPDATE \(object("states")) AS s
                 SET \(aligned(assignments, between: " ").joined()) \(head)
               WHERE \(conditions[0])
                 \(conditions.dropFirst().map { "AND \($0)" })
           RETURNING s.seq, s.updated_at, s.head, \(marking(of: "s"))
                INTO now_seq, now_at, now_head, now_marking;

              IF FOUND THEN
                  INSERT INTO \(object("events"))
                         (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
                  VALUES (id, now_seq, \(action), multiple, payload, now_marking, caller, holder, key, now_at, now_head);
                  writing := set_config('ptflow.writing', '', true);

                  RETURN \(answer(to: plan.transition.name));
              END IF;

              -- Refuses with the reason, unless the instance had to begin first or has changed since.
              PERFORM \(object("ptflow_settle"))(id, \(action), multiple, expected);
          END LOOP;

          PERFORM ptflow.refuse_busy(\(string: net.name), id, \(action));
          RETURN NULL;
      END;
      """
  }

  /// The role under which the caller fires: `*`, or the first that it was granted, or one that it claims as a gateway.
  private func holder(of plan: TransitionPlan) -> SQL {
    let branches = ([Role.all] + plan.roles.filter { $0 != Role.all }).map { role -> SQL in
      "WHEN \(holds(role)) THEN \(string: role)"
    }
    let claimed: SQL =
      "ELSE ptflow.claimed_role(\(string: net.name), ARRAY[\(roleNames(plan), separator: ", ")], caller)"
    return (branches + [claimed]).joined()
  }

  private func roleNames(_ plan: TransitionPlan) -> [SQL] { plan.roles.map { "\(string: $0)" } }

  /// What a firing answers. As text that is then read: PostgreSQL is faster at that than at building the value.
  private func answer(to action: String) -> SQL {
    let text = [
      "{\"at\": %s, \"id\": %s, \"net\": \(inFormat(json(net.name))), \"seq\": %s, \"hash\": \"%s\", \"state\": %s, ",
      "\"action\": \(inFormat(json(action))), \"multiple\": %s, \"replayed\": false}",
    ].joined()
    return """
      format(\(string: text),
                  to_json(now_at), to_json(id), now_seq, encode(now_head, 'hex'),
                  \(markingText("now_marking")),
                  multiple)::jsonb
      """
  }

  /// What the transition does, in the net's own words.
  private func summary(of plan: TransitionPlan) -> String {
    func names(_ text: (Effect) -> String?) -> String {
      plan.effects.compactMap(text).joined(separator: ", ")
    }
    func weighted(_ weight: Int, _ effect: Effect) -> String? {
      weight == 0 ? nil : (weight == 1 ? "" : "\(weight) ") + places[effect.place].place.name
    }
    let takes = names { weighted($0.input, $0) }
    let puts = names { weighted($0.output, $0) }
    let conditions = [
      ("with", names { effect in effect.read.flatMap { weighted($0, effect) } }),
      ("with fewer than", names { effect in effect.inhibitor.flatMap { weighted($0, effect) } }),
      ("emptying", names { $0.resets ? places[$0.place].place.name : nil }),
      ("by", plan.roles.joined(separator: ", ")),
    ].filter { !$0.1.isEmpty }.map { " \($0.0) \($0.1)" }
    return "\(plan.transition.name): \(takes.isEmpty ? "nothing" : takes) -> \(puts.isEmpty ? "nothing" : puts)"
      + conditions.map { ";" + $0 }.joined()
  }
}
