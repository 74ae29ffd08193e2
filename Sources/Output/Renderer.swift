internal import PetriNet
public import Plan
public import SQL

extension NetPlan {
  /// The SQL that makes the net's schema. It takes an engine that is installed, and no schema of its name. The same plan
  /// always gives the same bytes.
  public func sql(in dialect: Dialect = .postgres) -> SQL {
    Renderer(plan: self, dialect: dialect).sql.onLines()
  }
}

/// Renders a plan as SQL; one file a part of the net's schema.
struct Renderer {
  let plan: NetPlan
  let dialect: Dialect

  /// Names written as a table qualifies them.
  func object(_ name: String) -> SQL { "\(name: plan.schema).\(name: name)" }

  /// A function of the net's schema.
  func function(_ function: NetFunction) -> SQL { object(function.rawValue) }

  /// The whole of the net's schema, in the order in which a reader asks.
  var sql: SQL {
    """
    -- The net \(comment: plan.net.name), compiled by ptflow from \(comment: plan.source.file). Do not edit: change the net.
    --
    \(overview)

    \(sections.filter { !$0.isEmpty }, separator: "\n\n\n")

    """
  }

  private var sections: [SQL] {
    [
      schemaSQL, markingSQL, rightsSQL, netTablesSQL, instanceTablesSQL, statesSQL, historySQL, ruleSQL, rulesSQL,
      rolesSQL, beginningSQL, fireSQL, fireInTurnSQL, fireManySQL, doorsSQL, whatIfSQL, readingSQL, feedSQL,
      redactionSQL, verificationSQL, commentsSQL, secondWallSQL, catalogueSQL,
    ]
  }

  /// What the functions do that are no transitions.
  var commentsSQL: SQL {
    let comments = plan.functions.map { function -> SQL in
      let arguments = SQL(verbatim: plan.arguments(of: function))
      return "COMMENT ON FUNCTION \(self.function(function))(\(arguments)) IS \(string: function.meaning);"
    }
    let arguments = SQL(verbatim: plan.arguments(of: .step))
    let parts = plan.parts.compactMap(\.function).map { part -> SQL in
      "COMMENT ON FUNCTION \(object(part))(\(arguments)) IS 'What step calls for some of the transitions.';"
    }
    return "\(comments + parts)"
  }

  /// The net as two tables, for people.
  private var overview: SQL {
    let places: [[SQL]] =
      [["place", "initial", "capacity"], ["-----", "-------", "--------"]]
      + plan.places.map { plan in
        ["\(comment: plan.place.name)", "\(plan.place.initial)", plan.place.capacity.map { "\($0)" } ?? "none"]
      }
    let transitions: [[SQL]] =
      [["transition", "by", "what it does"], ["----------", "--", "------------"]]
      + plan.transitions.map { plan in
        [
          "\(comment: plan.transition.name)", "\(comment: plan.roles.joined(separator: ", "))",
          "\(comment: plan.summary(in: self.plan))",
        ]
      }
    return (aligned(places, between: "   ") + [""] + aligned(transitions, between: "   ")).map { line in
      line.isEmpty ? "--" : "--   \(line)"
    }.joined()
  }
}

extension TransitionPlan {
  /// What the transition does, in the net's own words: `2 paid, stock -> packed; with open; fewer than 1 frozen`;
  /// then its guard.
  func summary(in plan: NetPlan) -> String {
    func names(_ text: (Effect) -> String?) -> String { effects.compactMap(text).joined(separator: ", ") }
    func weighted(_ weight: Int, _ effect: Effect) -> String? {
      weight == 0 ? nil : (weight == 1 ? "" : "\(weight) ") + plan.places[effect.place].place.name
    }
    let takes = names { weighted($0.input, $0) }
    let puts = names { weighted($0.output, $0) }
    let conditions = [
      ("with", names { effect in effect.read.flatMap { weighted($0, effect) } }),
      (
        "fewer than",
        names { effect in effect.inhibitor.map { "\($0) " + plan.places[effect.place].place.name } }
      ),
      ("emptying", names { $0.resets ? plan.places[$0.place].place.name : nil }),
    ].filter { !$0.1.isEmpty }.map { "; \($0.0) \($0.1)" }
    let rule = transition.when.map { "; when \($0.text)" } ?? ""
    return "\(takes.isEmpty ? "nothing" : takes) -> \(puts.isEmpty ? "nothing" : puts)" + conditions.joined() + rule
  }
}
