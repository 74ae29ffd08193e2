internal import NetAnalysis
internal import PetriNet
internal import SQL

extension NetPlan {
  /// What was proved of the net, for whoever reads the tables: the laws, and why places hold no more than they do.
  var lawsSQL: SQL {
    let told = laws.prefix(20).map { "--   \(comment: clipped($0.words(in: net)))" as SQL }
    let more: [SQL] = laws.count > told.count ? ["--   and \(laws.count - told.count) more"] : []
    let head: [SQL] =
      laws.isEmpty
      ? []
      : [
        "-- Laws -------------------------------------------------------------------------------------------------------",
        "--", "-- In every marking that the net can reach:", "--",
      ] + told + more + [""]
    let check = checkedLaw.map { checked -> [SQL] in
      [
        """
        -- One of them is checked, as a second wall beside the domains.
        ALTER TABLE \(object("states")) ADD CONSTRAINT states_law CHECK (\(expression(of: checked)));
        COMMENT ON CONSTRAINT states_law ON \(object("states")) IS \(string: checked.law.words(in: net));

        """
      ]
    }
    let reasons = places.compactMap { plan -> SQL? in
      guard let bound = plan.bound, case .invariant(let invariant) = bound.proof else { return nil }
      let words = "At most \(bound.most): \(clipped(invariant.words(in: net)))"
      return "COMMENT ON COLUMN \(object("states")).\(name: plan.column) IS \(string: words);"
    }
    return (head + (check ?? []) + reasons).joined()
  }

  /// The law as a condition.
  private func expression(of checked: CheckedLaw) -> SQL {
    let terms = zip(checked.law.terms, checked.casts).enumerated().map { number, part -> SQL in
      let (term, isCast) = part
      let column: SQL = "\(name: places[term.index].column)\(isCast ? "::bigint" : "")"
      let product: SQL = term.weight.magnitude == 1 ? column : "\(Int(term.weight.magnitude)) * \(column)"
      if number == 0 { return term.weight < 0 ? "- \(product)" : product }
      return term.weight < 0 ? "- \(product)" : "+ \(product)"
    }
    return "\(terms.joined(separator: " ")) = \(checked.law.value)"
  }

  private func clipped(_ words: String) -> String {
    words.count > 200 ? words.prefix(200) + " …" : words
  }
}
