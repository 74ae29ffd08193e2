internal import PetriNet
internal import SQL

extension NetPlan {
  /// The views that stand for the net's roles.
  var roleViewsSQL: SQL {
    """
    -- Roles ------------------------------------------------------------------------------------------------------
    --
    -- A view for each role, which nobody reads: who has the right to SELECT from it holds the role. So PostgreSQL itself
    -- knows who does, without looking into a table. ptflow.sync_privileges gives these rights as ptflow.grants says.

    \(roles.map(viewSQL), separator: "\n\n")
    """
  }

  private func viewSQL(_ plan: RolePlan) -> SQL {
    """
    CREATE VIEW \(object(plan.view)) AS SELECT \(string: plan.role.name) AS role;
    REVOKE ALL ON \(object(plan.view)) FROM PUBLIC, current_user;
    """
  }

  /// Whether the caller holds a role. The view is a constant that PostgreSQL knows by its number.
  func holds(_ role: String) -> SQL {
    let view = roles.first { $0.role.name == role }?.view ?? role
    return "has_table_privilege(caller, \(string: "\(quoted(schema)).\(quoted(view))")::regclass, 'SELECT')"
  }

  /// An identifier as the text of a `regclass` has it, which knows no escapes.
  private func quoted(_ identifier: String) -> String { "\"\(doubled(identifier, "\""))\"" }
}
