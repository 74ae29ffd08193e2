internal import NetAnalysis
internal import PetriNet
internal import SQL

extension NetPlan {
  /// The most places of a law that the database checks. PostgreSQL reads a CHECK anew for each statement: one of three
  /// places takes 7 % of the instructions of a dispatch, each further place about 2 %.
  private static let mostPlaces = 3

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
    let check = enforced.map { law -> [SQL] in
      [
        """
        -- One of them is checked, as a second wall beside the domains.
        ALTER TABLE \(object("states")) ADD CONSTRAINT states_law CHECK (\(expression(of: law)));
        COMMENT ON CONSTRAINT states_law ON \(object("states")) IS \(string: law.words(in: net));

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

  /// The law that is checked: the one of fewest places, when these are few and their sum cannot overflow.
  private var enforced: Invariant? {
    laws.first { law in law.terms.count <= Self.mostPlaces && largestSum(of: law) != nil }
  }

  /// The largest that the sum can get within the domains; nil when that is not known, or beyond 64 bits.
  private func largestSum(of law: Invariant) -> Int? {
    law.terms.reduce(0 as Int?) { sum, term in
      guard let sum, let most = places[term.index].domain.bound else { return nil }
      let (product, overflows) = Int(term.weight.magnitude).multipliedReportingOverflow(by: most)
      let (total, isBeyond) = sum.addingReportingOverflow(product)
      return overflows || isBeyond ? nil : total
    }
  }

  private func expression(of law: Invariant) -> SQL {
    let widest = law.terms.map { places[$0.index].domain.base.bytes }.max() ?? 8
    let isNarrow = largestSum(of: law).map { IntegerType(holding: $0).bytes <= widest } ?? false
    let terms = law.terms.enumerated().map { number, term -> SQL in
      let column: SQL = "\(name: places[term.index].column)\(number == 0 && !isNarrow ? "::bigint" : "")"
      let product: SQL = term.weight.magnitude == 1 ? column : "\(Int(term.weight.magnitude)) * \(column)"
      if number == 0 { return term.weight < 0 ? "- \(product)" : product }
      return term.weight < 0 ? "- \(product)" : "+ \(product)"
    }
    return "\(terms.joined(separator: " ")) = \(law.value)"
  }

  private func clipped(_ words: String) -> String {
    words.count > 200 ? words.prefix(200) + " …" : words
  }
}
