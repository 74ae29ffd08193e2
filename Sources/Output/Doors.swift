internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// A function for each transition, for those who want a name that their tools complete.
  var doorsSQL: SQL {
    """
    -- A function a transition ------------------------------------------------------------------------------------
    --
    -- The second door: the same as ptflow_dispatch with the name of the transition.

    \(plan.transitions.map(doorSQL), separator: "\n\n")
    """
  }

  private func doorSQL(_ transition: TransitionPlan) -> SQL {
    let summary = clipped("\(transition.transition.name): \(transition.summary(in: plan))")
    let words = said(transition.transition.about).map { "\(summary). \($0)" } ?? summary
    let body: SQL = """
      BEGIN
          RETURN \(function(.fire))(id COLLATE "C", \(string: transition.transition.name), payload, multiple, expected, key);
      END;
      """
    return """
      CREATE FUNCTION \(object(transition.function))(
          id       text,
          payload  jsonb  DEFAULT '{}',
          multiple bigint DEFAULT 1,
          expected bigint DEFAULT NULL,
          key      text   DEFAULT NULL
      )
          RETURNS json
          \(dialect.entry)
      AS \(body: body);

      COMMENT ON FUNCTION \(object(transition.function))(text, jsonb, bigint, bigint, text) IS \(string: words);
      """
  }
}
