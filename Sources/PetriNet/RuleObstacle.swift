public import CEL
public import JSON
public import JSONSchema

/// A rule of a transition that keeps it from firing: what its payload has to be, or its guard.
public enum RuleObstacle: Sendable {
  /// The payload is not what it has to be: all that is wrong with it.
  case payload([Failure])
  /// The guard is false; what it looked at, as far as that is there.
  case isFalse(Guard, seen: [(name: String, value: Document)])
  /// The guard has no value, and why; what it looked at, as far as that is there.
  case hasNoValue(Guard, EvaluationError, seen: [(name: String, value: Document)])
}

extension Net {
  /// What the rules of a transition say against firing it.
  ///
  /// A guard is asked once for a row of firings, before the first.
  ///
  /// - Parameters:
  ///   - transition: the index of the transition.
  ///   - times: how many firings in a row.
  ///   - marking: the tokens before the first.
  ///   - circumstances: what else is known.
  /// - Returns: each rule that does not hold: the payload's, then the guard.
  public func ruleObstacles(
    to transition: Int, times: Int = 1, in marking: Marking, _ circumstances: Circumstances
  ) -> [RuleObstacle] {
    var obstacles: [RuleObstacle] = []
    if let rule = transitions[transition].payload {
      let failures = rule.schema.failures(of: circumstances.payload)
      if !failures.isEmpty { obstacles.append(.payload(failures)) }
    }
    if let condition = transitions[transition].when {
      let variables = variables(of: condition, times: times, in: marking, circumstances)
      var seen: [(name: String, value: Document)] {
        condition.expression.references.compactMap { reference in
          (try? reference.expression.evaluate(variables)).map { (reference.name, $0.document) }
        }
      }
      do throws(EvaluationError) {
        // Its type was checked.
        if case .boolean(false) = try condition.expression.evaluate(variables) {
          obstacles.append(.isFalse(condition, seen: seen))
        }
      } catch {
        obstacles.append(.hasNoValue(condition, error, seen: seen))
      }
    }
    return obstacles
  }

  /// What a guard sees.
  private func variables(
    of condition: Guard, times: Int, in marking: Marking, _ circumstances: Circumstances
  ) -> [String: Value] {
    var variables: [String: Value] = [
      "payload": Value(circumstances.payload), "multiple": .int(Int64(times)), "now": .timestamp(circumstances.now),
      "actor": .string(Text(circumstances.actor)), "role": .string(Text(circumstances.role)),
      "id": .string(Text(circumstances.id)), "seq": .int(Int64(circumstances.seq)),
    ]
    let wanted = Set(condition.places)
    for (place, tokens) in zip(places, marking.counts) where wanted.contains(place.name) {
      variables["tokens.\(place.name)"] = .int(Int64(tokens))
    }
    return variables
  }
}
