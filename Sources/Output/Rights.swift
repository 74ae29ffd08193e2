internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The types that stand for what can be granted.
  var rightsSQL: SQL {
    """
    -- Rights -----------------------------------------------------------------------------------------------------
    --
    -- A type for each role of the net, and for reading and acting for others. No value has one of these types: who has
    -- USAGE on it has the right, so PostgreSQL itself knows who does. `ptflow grant` gives it, `ptflow revoke` takes it.

    \(plan.rights.map(typeSQL), separator: "\n\n")
    """
  }

  private func typeSQL(_ right: Right) -> SQL {
    let meaning =
      switch right.privilege {
      case .fire: right.role == "*" ? "may fire every transition" : "may fire as \(right.role ?? "")"
      case .read: "may call the reading functions"
      case .gateway: "may name the roles that it acts for"
      }
    return """
      CREATE DOMAIN \(object(right.type)) AS boolean;
      REVOKE ALL ON DOMAIN \(object(right.type)) FROM PUBLIC, current_user;
      COMMENT ON DOMAIN \(object(right.type)) IS \(string: "Who has USAGE on this type \(meaning).");
      """
  }

  /// Whether the caller has a right. The type is a constant that PostgreSQL knows by its number. It is open to everybody
  /// until it is revoked from PUBLIC, so after a restore that lacked its privileges: then nobody has the right.
  private func has(_ right: Right?, caller: SQL) -> SQL {
    guard let right else { return "false" }
    return """
      has_type_privilege(\(caller), \(type(right)), 'USAGE')
      AND NOT has_type_privilege('public', \(type(right)), 'USAGE')
      """
  }

  private func type(_ right: Right) -> SQL {
    "\(string: "\(quoted(plan.schema)).\(quoted(right.type))")::regtype"
  }

  /// An identifier as the text of a `regtype` has it, which knows no escapes.
  private func quoted(_ identifier: String) -> String { "\"\(doubled(identifier, "\""))\"" }

  /// The role under which a caller does what some roles may: `*`, or the first that it was granted, or one that it claims
  /// as a gateway. NULL when there is none.
  func holder(of roles: [String], caller: SQL) -> SQL {
    let branches = (["*"] + roles.filter { $0 != "*" }).map { role -> SQL in
      """
      WHEN \(has(plan.right(to: role), caller: caller))
      THEN \(string: role)
      """
    }
    let names = roles.map { "\(string: $0)" as SQL }
    return """
      CASE \(branches)
           WHEN \(has(plan.right(to: .gateway), caller: caller))
           THEN ptflow.claimed_role(ARRAY[\(wrapped(names))]::text[])
      END
      """
  }

  /// Who calls: the role of the session as its client set it.
  var caller: SQL { "CASE current_setting('role') WHEN 'none' THEN session_user ELSE ptflow.assumed_role() END" }

  /// The functions that tell under which role a caller acts.
  var rolesSQL: SQL {
    """
    -- Who may ----------------------------------------------------------------------------------------------------

    -- The role under which a caller may fire an action; NULL when it may not, or there is no such action.
    CREATE FUNCTION \(function(.roleFor))(action text, caller text)
        RETURNS text
        \(dialect.innerFunction)
        STABLE
    AS \(body: roleForBody);

    -- The role under which a caller may make an instance; NULL when it may not.
    CREATE FUNCTION \(function(.creatingRole))(caller text)
        RETURNS text
        \(dialect.innerFunction)
        STABLE
    AS \(body: creatingRoleBody);
    """
  }

  private var creatingRoleBody: SQL {
    """
    BEGIN
        RETURN \(holder(of: plan.creators, caller: "caller"));
    END;
    """
  }

  private var roleForBody: SQL {
    let groups = Dictionary(grouping: plan.transitions, by: \.roles)
    let order = plan.transitions.map(\.roles).reduce(into: [[String]]()) { if !$0.contains($1) { $0.append($1) } }
    let branches = order.map { roles -> SQL in
      let actions = (groups[roles] ?? []).map { "\(string: $0.transition.name)" as SQL }
      return """
        IF action IN (\(wrapped(actions))) THEN
            RETURN \(holder(of: roles, caller: "caller"));
        END IF;
        """
    }
    return """
      BEGIN
          \(branches)
          RETURN NULL;
      END;
      """
  }

  /// Refuses a caller that may not fire an action, or an action that there is not.
  func refuseRole(id: SQL, action: SQL) -> SQL {
    dialect.perform(
      """
      ptflow.refuse_role(
          \(string: plan.net.name), \(id), \(action), caller,
          \(rolesOf(action)))
      """)
  }

  /// The roles of an action in the version in force, or NULL for one that the net does not have.
  func rolesOf(_ action: SQL) -> SQL {
    """
    (SELECT t.roles FROM \(object("transitions")) AS t
       JOIN ptflow.nets AS n ON n.net = \(string: plan.net.name) AND n.version = t.version WHERE t.action = \(action))
    """
  }
}
