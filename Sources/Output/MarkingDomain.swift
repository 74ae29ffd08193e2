internal import NetAnalysis
internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The domain of the markings: what was proved of the net is what a marking can be.
  var markingSQL: SQL {
    """
    -- Markings ---------------------------------------------------------------------------------------------------
    --
    -- How many tokens each place holds, in the order of places.number. No other marking can be stored.

    CREATE DOMAIN \(object("marking")) AS \(plan.marking.element.sql)[]
        \(constraints.map { "CONSTRAINT \(name: $0.name) CHECK (\($0.condition))" });

    COMMENT ON DOMAIN \(object("marking")) IS 'How many tokens each place holds, in the order of places.number.';
    \(constraints.map { constraint -> SQL in
      "COMMENT ON CONSTRAINT \(name: constraint.name) ON DOMAIN \(object("marking")) IS \(string: constraint.words);"
    })
    """
  }

  private typealias Constraint = (name: String, condition: SQL, words: String)

  private var constraints: [Constraint] {
    [
      ("not_negative", "(0 <= ALL (VALUE)) IS TRUE", "No place holds fewer than 0 tokens."),
      ("count_of_places", "cardinality(VALUE) = \(plan.places.count)", "One number a place."),
    ] + (plan.marking.most.map { [most($0)] } ?? []) + plan.marking.bounds.map(bound)
      + numbered(plan.marking.laws.filter(\.isStated)) + numbered(plan.marking.laws.filter { !$0.isStated })
  }

  private func numbered(_ laws: [HeldLaw]) -> [Constraint] {
    laws.enumerated().map { law($1, number: $0 + 1) }
  }

  private func most(_ most: Int) -> Constraint {
    ("at_most_\(most)", "\(most) >= ALL (VALUE)", "No place holds more than \(most) tokens.")
  }

  private func bound(_ bound: SharedBound) -> Constraint {
    let names = bound.places.map { plan.places[$0].place.name }
    // Neighbours are compared together.
    let runs = bound.places.reduce(into: [ClosedRange<Int>]()) { runs, place in
      if let last = runs.last, last.upperBound == place - 1 {
        runs[runs.count - 1] = last.lowerBound...place
      } else {
        runs.append(place...place)
      }
    }
    let each = runs.map { run -> SQL in
      run.count == 1
        ? "VALUE[\(run.lowerBound + 1)] <= \(bound.most)"
        : "\(bound.most) >= ALL (VALUE[\(run.lowerBound + 1):\(run.upperBound + 1)])"
    }
    return (
      "at_most_\(bound.most)", wrapped(each, separator: " AND"),
      clipped("At most \(bound.most): \(names.joined(separator: ", ")).")
    )
  }

  private func law(_ law: HeldLaw, number: Int) -> Constraint {
    let type: SQL =
      switch law.width {
      case .element: ""
      case .bigint: "::bigint"
      case .numeric: "::numeric"
      }
    let terms = law.terms.enumerated().map { index, term -> SQL in
      let count: SQL = "VALUE[\(term.index + 1)]\(type)"
      let product: SQL = term.weight.magnitude == 1 ? count : "\(Int(term.weight.magnitude)) * \(count)"
      if index == 0 { return term.weight < 0 ? "- \(product)" : product }
      return term.weight < 0 ? "- \(product)" : "+ \(product)"
    }
    return (
      law.isStated ? "stated_law_\(number)" : "law_\(number)",
      "\(wrapped(terms, separator: "")) \(SQL(verbatim: law.relation.rawValue)) \(law.number)",
      law.isStated ? clipped(law.words) : inASCII(clipped(law.words))
    )
  }
}

/// Words of ours in the characters that every encoding of a database has; names stay as they are.
func inASCII(_ words: String) -> String { words.replacing("\u{b7}", with: " ").replacing("\u{2264}", with: "<=") }

/// Words that are not too long for a comment.
func clipped(_ words: String) -> String { words.count > 200 ? words.prefix(200) + " ..." : words }
