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
        RETURNS \(object("events"))
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
    let roles = (plan.roles + [Role.all]).map { "\(string: $0)" as SQL }
    let at: SQL = "greatest(s.updated_at, moment)"
    let came = HashChain.came(
      seq: "s.seq + 1", at: at, role: "holder.role", marking: marking(of: "s", replacing: results))

    let changes = results.sorted { $0.key < $1.key }.map { place, result in
      ["\(name: places[place].column)", "= \(result),"] as [SQL]
    }
    let head = HashChain.link("s.head", "asked", came)
    let assignments = changes + [["seq", "= s.seq + 1,"], ["updated_at", "= \(at),"], ["head", "="]]
    let conditions: [SQL] =
      ["s.id = id", "(expected IS NULL OR s.seq = expected)"] + firings.flatMap(\.guards)
    let asked = HashChain.asked(
      id: "id", action: action, multiple: "multiple", payload: "body", actor: "caller", key: "key")

    return """
      #variable_conflict use_variable
      DECLARE
          caller CONSTANT text        := coalesce(nullif(current_setting('role'), 'none'), session_user);
          moment CONSTANT timestamptz := clock_timestamp();
          body   CONSTANT text        := payload::text;
          asked  CONSTANT text        := \(asked);
          event  \(object("events"));
      BEGIN
          FOR attempt IN 1 .. 100 LOOP
              WITH fired AS (
                  UPDATE \(object("states")) AS s
                     SET \(aligned(assignments, between: " ").joined()) \(head)
                    FROM (SELECT h.role
                            FROM ptflow.held AS h
                           WHERE h.net = \(string: net.name)
                             AND h.role IN (\(roles, separator: ", "))
                           ORDER BY h.role = '*', h.role
                           LIMIT 1) AS holder
                   WHERE \(conditions[0])
                     \(conditions.dropFirst().map { "AND \($0)" })
               RETURNING s.seq, s.head, s.updated_at, holder.role,
                         \(marking(of: "s")) AS marking
              )
              INSERT INTO \(object("events")) AS e
                     (id, seq, action, multiple, payload, marking, actor, role, key, at, hash)
              SELECT id, f.seq, \(action), multiple, payload, f.marking, caller, f.role, key, f.updated_at, f.head
                FROM fired AS f
           RETURNING e.* INTO event;

              IF FOUND THEN
                  RETURN event;
              END IF;

              -- Refuses with the reason, unless the instance had to begin first or has changed since.
              PERFORM \(object("ptflow_settle"))(id, \(action), multiple, expected);
          END LOOP;

          PERFORM ptflow.refuse_busy(\(string: net.name), id, \(action));
          RETURN NULL;
      END;
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
