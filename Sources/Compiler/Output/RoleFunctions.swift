internal import PetriNet
internal import SQL

extension NetPlan {
  /// The functions that stand for the net's roles.
  var roleFunctionsSQL: SQL {
    """
    -- Roles ------------------------------------------------------------------------------------------------------
    --
    -- A function for each role, which nobody calls. Who may execute it holds the role: PostgreSQL keeps that, and knows
    -- it without looking into a table. ptflow.sync_privileges gives these rights as ptflow.grants says.

    \(roles.map(functionSQL), separator: "\n\n")
    """
  }

  private func functionSQL(_ plan: RolePlan) -> SQL {
    """
    CREATE FUNCTION \(object(plan.function))()
        RETURNS text
        LANGUAGE plpgsql
        IMMUTABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: "BEGIN RETURN \(string: plan.role.name); END;");

    REVOKE ALL ON FUNCTION \(object(plan.function)) FROM PUBLIC, current_user;
    """
  }

  /// The function that stands for a role, as a constant that PostgreSQL knows by its number.
  func roleFunction(_ role: String) -> SQL {
    let function = roles.first { $0.role.name == role }?.function ?? role
    return "\(string: "\(quoted(schema)).\(quoted(function))()")::regprocedure"
  }

  /// An identifier as the text of a `regprocedure` has it, which knows no escapes.
  private func quoted(_ identifier: String) -> String {
    var text = "\""
    for scalar in identifier.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
