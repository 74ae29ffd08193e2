internal import CEL
internal import PetriNet
internal import Plan
internal import Rules
internal import SQL

/// The rules of transitions that are no conditions on places: what a payload has to be, and guards.
extension Renderer {
  /// The functions that know them; nothing where the net has none.
  var rulesSQL: SQL {
    guard plan.hasRules else { return "" }
    return """
      -- Payloads and guards ----------------------------------------------------------------------------------------
      --
      -- What is compiled to a condition of firing stands with the others, in fire and step. Here is what they call, and
      -- what says why they refused.

      \(plan.transitions.compactMap(payloadSQL), separator: "\n\n")

      -- The rules of an action, beside its places, that do not hold: what is wrong with the payload, and the guard with what
      -- it looked at. `holds` is NULL where the guard has no value. Without a payload only a guard is told that is false
      -- whatever the payload is.
      CREATE FUNCTION \(function(.rules))(marking \(plan.marking.element.sql)[], action text, multiple bigint, \(circumstances))
          RETURNS TABLE (rule text, holds boolean, words text, facts jsonb)
          \(dialect.innerFunction)
          STABLE
      AS \(body: rulesBody);
      """
  }

  /// The arguments in which a function of the rule gets what is known of a firing beside the tokens.
  var circumstances: SQL { "payload jsonb, at timestamptz, actor text, role text, id text, seq bigint" }

  private func payloadSQL(_ transition: TransitionPlan) -> SQL? {
    guard let name = transition.payloadFunction, let rule = transition.transition.payload else { return nil }
    return """
      -- What is wrong with a payload of \(comment: transition.transition.name): {pointer, keyword, wanted}, for each failure.
      \(validationFunction(object(name), rule.schema))

      COMMENT ON FUNCTION \(object(name))(jsonb) IS \(string: "What is wrong with a payload of \(transition.transition.name).");
      """
  }

  private var rulesBody: SQL {
    let ruled = plan.parts.flatMap(\.transitions).filter(\.hasRules)
    return """
      #variable_conflict use_variable
      BEGIN
          \(decision(ruled[...], branch: brokenRules, otherwise: "NULL;"))
      END;
      """
  }

  /// Tells those of a transition's rules that do not hold.
  private func brokenRules(_ transition: TransitionPlan) -> SQL {
    var steps: [SQL] = []
    if let name = transition.payloadFunction {
      steps.append(
        """
        rule := 'payload';
        holds := false;
        facts := \(object(name))(payload);
        IF payload IS NOT NULL AND facts <> '[]' THEN
            RETURN NEXT;
        END IF;
        """)
    }
    if let condition = transition.transition.when {
      let inputs = RuleInputs.ofArguments
      let seen = condition.expression.references.map { reference -> (name: SQL, value: SQL) in
        ("\(string: reference.name)", shown(reference, of: transition, inputs))
      }
      steps.append(
        """
        rule := 'when';
        holds := \(self.condition(condition, of: transition, inputs));
        IF holds IS NOT TRUE THEN
            words := \(string: condition.text);
            facts := ptflow.seen(ARRAY[\(wrapped(seen.map(\.name)))]::text[],
                                 ARRAY[\(wrapped(seen.map(\.value)))]::jsonb[]);
            RETURN NEXT;
        END IF;
        """)
    }
    return steps.joined()
  }

  /// The rules of a transition as conditions of firing.
  func conditions(ofRulesOf transition: TransitionPlan, _ inputs: RuleInputs) -> [SQL] {
    [
      transition.payloadFunction.map { "\(object($0))(\(inputs.payload)) = '[]'" },
      transition.transition.when.map { condition($0, of: transition, inputs) },
    ].compactMap(\.self)
  }

  /// A guard as one condition; NULL where it has no value.
  private func condition(_ condition: Guard, of transition: TransitionPlan, _ inputs: RuleInputs) -> SQL {
    do throws(CELRefusal) {
      return try guardCondition(
        condition.expression, GuardFunctions(in: "ptflow"), variables: variables(inputs),
        plain: plain(of: transition, inputs))
    } catch {
      preconditionFailure("a guard has \(error.message)")
    }
  }

  /// What a guard sees that is of no plain type, as `Value.stored` describes it.
  private func variables(_ inputs: RuleInputs) -> [String: SQL] {
    ["now": "jsonb_build_object('t', trunc(extract(epoch FROM \(inputs.at)) * 1000000000))"]
  }

  /// All else that a guard sees.
  private func plain(of transition: TransitionPlan, _ inputs: RuleInputs) -> PlainVariables {
    var plain: PlainVariables = [
      "payload": .document(inputs.payload), "multiple": .integer(inputs.multiple), "seq": .integer(inputs.seq),
      "actor": .text(inputs.actor), "role": .text(inputs.role), "id": .text(inputs.id),
    ]
    for (place, index) in transition.guardPlaces {
      plain["tokens.\(place)"] = .integer("\(inputs.marking)[\(index + 1)]")
    }
    return plain
  }

  /// What a guard looked at, as JSON.
  private func shown(
    _ reference: Expression.Reference, of transition: TransitionPlan, _ inputs: RuleInputs
  ) -> SQL {
    let plain = plain(of: transition, inputs)
    if let value = documentExpression(reference.expression, plain: plain) { return value }
    switch plain[reference.name] {
    case .integer(let sql), .text(let sql), .document(let sql): return "to_jsonb(\(sql))"
    case nil: return "ptflow.cel_to_string(\(variables(inputs)[reference.name] ?? "NULL"))"
    }
  }
}

/// The variables in which a function has what rules look at.
struct RuleInputs {
  var marking: SQL
  var payload: SQL = "payload"
  var multiple: SQL = "multiple"
  var at: SQL = "at"
  var actor: SQL
  var role: SQL = "role"
  var id: SQL = "id"
  var seq: SQL = "seq"

  /// As the arguments of the rule's own functions are called.
  static let ofArguments = RuleInputs(marking: "marking", actor: "actor")
}
