internal import PetriNet
internal import Plan
internal import SQL

/// The rule of firing in PL/pgSQL: the conditions and changes of the plan, each a line that names its place.
extension Renderer {
  /// A branch for each transition of a part, found by a few comparisons of `action`.
  ///
  /// - Parameters:
  ///   - part: the transitions.
  ///   - inputs: the variables that are looked at, of which the marking is changed.
  ///   - times: how many firings in a row; nil for one. For one, a place that is left below zero is the caller's to look
  ///     for: that asks all plain inputs at once.
  ///   - first: what each branch begins with.
  ///   - refused: the statement for a transition that is not enabled, or is none.
  /// - Returns: statements of PL/pgSQL.
  func branches(
    of part: FiringPart, _ inputs: RuleInputs, times: SQL?, first: (TransitionPlan) -> SQL = { _ in "" }, refused: SQL
  ) -> SQL {
    decision(
      part.transitions, branch: { branch($0, inputs, times: times, first: first($0), refused: refused) },
      otherwise: refused)
  }

  /// What is done for each action. They are sorted by their bytes, so a few comparisons find one of many.
  func decision(
    _ plans: ArraySlice<TransitionPlan>, branch: (TransitionPlan) -> SQL, otherwise: SQL
  ) -> SQL {
    if plans.isEmpty { return otherwise }
    if plans.count <= 3 {
      let branches = plans.enumerated().map { index, plan -> SQL in
        """
        \(index == 0 ? "IF" : "ELSIF" as SQL) action = \(string: plan.transition.name) THEN
            \(branch(plan))
        """
      }
      return """
        \(branches)
        ELSE
            \(otherwise)
        END IF;
        """
    }
    let middle = plans.startIndex + plans.count / 2
    return """
      IF action COLLATE "C" < \(string: plans[middle].transition.name) THEN
          \(decision(plans[..<middle], branch: branch, otherwise: otherwise))
      ELSE
          \(decision(plans[middle...], branch: branch, otherwise: otherwise))
      END IF;
      """
  }

  private func branch(
    _ transition: TransitionPlan, _ inputs: RuleInputs, times: SQL?, first: SQL, refused: SQL
  ) -> SQL {
    let marking = inputs.marking
    let asked = times == nil ? transition.askedBefore : transition.asked
    let conditions =
      asked.flatMap { condition in
        holds(condition, tokens: tokens(of: condition.place, in: marking), times: times)
      } + self.conditions(ofRulesOf: transition, inputs)
    let test: SQL =
      conditions.isEmpty
      ? ""
      : """
      IF (\(conditions, separator: "\nAND ")) IS NOT TRUE THEN
          \(refused)
      END IF;
      """
    let changes = aligned(
      transition.changes.map { change in
        let place = tokens(of: change.place, in: marking)
        return [place, ":= \(result(of: change, from: place, times: times));", comment(change.place)]
      }, between: " ")
    let lines = [first, test] + changes
    return lines.allSatisfy(\.isEmpty) ? "NULL;" : lines.filter { !$0.isEmpty }.joined()
  }

  private func comment(_ place: Int) -> SQL { "-- \(comment: plan.places[place].place.name)" }

  private func tokens(of place: Int, in marking: SQL) -> SQL { "\(marking)[\(place + 1)]" }

  /// The count after all firings, none of which is refused.
  private func result(of change: Change, from tokens: SQL, times: SQL?) -> SQL {
    switch change {
    case .reset(_, let rest): return "\(rest)"
    case .add(_, let change):
      let sign: SQL = change < 0 ? "-" : "+"
      guard let times else { return "\(tokens) \(sign) \(Int(change.magnitude))" }
      return change.magnitude == 1
        ? "\(tokens) \(sign) \(times)" : "\(tokens) \(sign) \(Int(change.magnitude)) * \(times)"
    }
  }

  /// Under what a condition lets all firings through. Dividing what is there, rather than multiplying what is needed,
  /// cannot overflow.
  private func holds(_ condition: Condition, tokens: SQL, times: SQL?) -> [SQL] {
    let once: SQL = "\(tokens) \(SQL(verbatim: condition.kind.relation.rawValue)) \(condition.need)"
    guard let times else { return [once] }
    if condition.afterReset != nil {
      return condition.holdsAfterReset ? [once] : [once, "\(times) = 1"]
    }
    let step = Int(condition.drift.magnitude)
    guard step > 0 else { return [once] }
    /// Whether there is enough of something for so many steps.
    func lasts(_ supply: SQL, _ steps: SQL, isSum: Bool = true) -> SQL {
      step == 1
        ? "\(supply) >= \(steps)" : isSum ? "(\(supply)) / \(step) >= \(steps)" : "\(supply) / \(step) >= \(steps)"
    }
    switch condition.kind.relation {
    case .atLeast where condition.need == step: return [lasts(tokens, times, isSum: false)]
    case .atLeast where condition.need == 0: return [lasts(tokens, "\(times) - 1", isSum: false)]
    case .atLeast: return [once, lasts("\(tokens) - \(condition.need)", "\(times) - 1")]
    case .below: return [once, lasts("\(condition.need - 1) - \(tokens)", "\(times) - 1")]
    case .atMost: return [lasts("\(condition.need + step) - \(tokens)", times)]
    }
  }

  /// The function that knows the rule.
  var ruleSQL: SQL {
    """
    -- The rule of firing -----------------------------------------------------------------------------------------

    -- The marking after a transition has fired `multiple` times in a row, each firing enabled when its turn comes; NULL
    -- when it cannot.
    \(plan.parts.compactMap { part in part.function.map { step(object($0), stepBody(of: part)) } } + [
      step(function(.step), plan.parts.count == 1 ? stepBody(of: plan.parts[0]) : stepBody(of: plan.parts))
    ], separator: "\n\n")

    -- Each condition that keeps transitions from firing at a marking: of one action, or of all.
    CREATE FUNCTION \(function(.obstacles))(marking \(plan.marking.element.sql)[], net_version integer, of_action text, multiple bigint)
        RETURNS TABLE (action text, number integer, place text, rank integer, condition text, tokens bigint, need numeric)
        \(dialect.innerFunction)
        STABLE
    AS \(body: obstaclesBody);

    -- The same of one action, as JSON.
    CREATE FUNCTION \(function(.explain))(marking \(plan.marking.element.sql)[], net_version integer, of_action text, multiple bigint)
        RETURNS jsonb
        \(dialect.innerFunction)
        STABLE
    AS \(body: explainBody);
    """
  }

  private var explainBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        RETURN (SELECT jsonb_agg(jsonb_build_object('place', o.place, 'condition', o.condition,
                                                    'tokens', o.tokens, 'need', o.need) ORDER BY o.number, o.rank)
                  FROM \(function(.obstacles))(marking, net_version, of_action, multiple) AS o);
    END;
    """
  }

  /// A call of `step`, or of a function of a part, with what it looks at.
  func step(by function: SQL? = nil, action: SQL, _ inputs: RuleInputs) -> SQL {
    let tokens = [inputs.marking, action, inputs.multiple]
    let rest = [inputs.payload, inputs.at, inputs.actor, inputs.role, inputs.id, inputs.seq]
    return "\(function ?? self.function(.step))(\(tokens + (plan.hasRules ? rest : []), separator: ", "))"
  }

  /// The rules of an action that do not hold, as JSON for `ptflow.refuse_firing`; nothing where the net has none.
  func brokenRules(action: SQL, _ inputs: RuleInputs) -> SQL {
    guard plan.hasRules else { return "" }
    let arguments = [
      inputs.marking, action, inputs.multiple, inputs.payload, inputs.at, inputs.actor, inputs.role, inputs.id,
      inputs.seq,
    ]
    return """
      , (SELECT jsonb_agg(to_jsonb(r))
              FROM \(function(.rules))(\(wrapped(arguments))) AS r)
      """
  }

  private func step(_ function: SQL, _ body: SQL) -> SQL {
    let more: SQL = plan.hasRules ? ", \(circumstances)" : ""
    return """
      CREATE FUNCTION \(function)(marking \(plan.marking.element.sql)[], action text, multiple bigint\(more))
          RETURNS \(plan.marking.element.sql)[]
          \(dialect.innerFunction)
          IMMUTABLE STRICT
      AS \(body: body);
      """
  }

  private func stepBody(of part: FiringPart) -> SQL {
    """
    #variable_conflict use_variable
    BEGIN
        \(branches(of: part, .ofArguments, times: "multiple", refused: "RETURN NULL;"))
        RETURN marking;
    END;
    """
  }

  private func stepBody(of parts: [FiringPart]) -> SQL {
    """
    BEGIN
        \(decision(parts[...]))
    END;
    """
  }

  /// Which part an action is in.
  private func decision(_ parts: ArraySlice<FiringPart>) -> SQL {
    let middle = parts.startIndex + parts.count / 2
    guard parts.count > 1, let first = parts[middle].transitions.first else {
      return "RETURN \(step(by: object(parts.first?.function ?? ""), action: "action", .ofArguments));"
    }
    return """
      IF action COLLATE "C" < \(string: first.transition.name) THEN
          \(decision(parts[..<middle]))
      ELSE
          \(decision(parts[middle...]))
      END IF;
      """
  }

  private var obstaclesBody: SQL {
    """
    #variable_conflict use_variable
    BEGIN
        RETURN QUERY
            SELECT c.action, c.number, p.place, c.rank, c.condition, o.held, o.need
              FROM \(object("conditions")) AS c
              JOIN \(object("places"))     AS p ON p.version = c.version AND p.number = c.number
             CROSS JOIN LATERAL ptflow.obstacle(c.relation, c.need, c.drift, c.after_reset, marking[c.number], multiple) AS o
             WHERE c.version = net_version
               AND (of_action IS NULL OR c.action = of_action);
    END;
    """
  }
}
