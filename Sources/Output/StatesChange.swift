internal import PetriNet
public import Plan
public import SQL

extension NetPlan {
  /// The SQL that makes a table of the view of the states, or a view of the table, where the net is installed and keeps its
  /// states otherwise than the plan says. The events stay as they are.
  public func statesChange(in dialect: Dialect = .postgres) -> SQL {
    Renderer(plan: self, dialect: dialect).statesChange.onLines()
  }
}

extension Renderer {
  fileprivate var statesChange: SQL {
    """
    \(plan.keepsStates ? "DROP VIEW \(object("states"));" : dropTable)
    DROP FUNCTION \(function(.verify))(text);


    \([statesSQL, verificationSQL, commentsSQL, objectsSQL], separator: "\n\n\n")

    DO \(body: "BEGIN PERFORM ptflow.seal(\(string: plan.schema)); END;");
    \(plan.keepsStates ? "SELECT \(function(.replay))();" : "" as SQL)
    """
  }

  private var dropTable: SQL {
    """
    DROP TRIGGER keep_states ON \(object("events"));
    \(NetFunction.allCases.filter(\.isOfKeptStates).map { function -> SQL in
      "DROP FUNCTION \(self.function(function))(\(SQL(verbatim: plan.arguments(of: function))));"
    })
    DROP TABLE \(object("states"));
    """
  }
}
