internal import PetriNet
internal import SQL

extension NetPlan {
  /// The net's rows in the catalogue.
  var catalogueSQL: SQL {
    let rows = values(
      roles.map { plan in
        [
          "\(string: net.name)", "\(string: plan.role.name)", "\(plan.role.mayCreate)", "\(plan.role.mayDestroy)",
          "\(string: plan.view)",
        ]
      })
    return """
      -- Catalogue --------------------------------------------------------------------------------------------------

      INSERT INTO ptflow.nets AS n (net, schema_name, version, digest) VALUES
          (\(string: net.name), \(string: schema), 1, '\\x\(SQL(verbatim: hexadecimal(digest)))')
          ON CONFLICT (net) DO UPDATE SET version = n.version + 1, digest = excluded.digest;

      INSERT INTO ptflow.net_versions (net, version, digest, canonical_form, file, format, source)
      SELECT n.net, n.version, n.digest,
             \(string: net.canonicalForm),
             \(string: source.file), \(string: source.format),
             \(string: source.text)
        FROM ptflow.nets AS n
       WHERE n.net = \(string: net.name);

      DELETE FROM ptflow.roles AS r WHERE r.net = \(string: net.name);

      INSERT INTO ptflow.roles (net, role, creates, destroys, view_name) VALUES
          \(rows);

      -- Roles that an earlier version had are held by nobody; who installs the net is its administrator.
      DELETE FROM ptflow.grants AS g
       WHERE g.net = \(string: net.name)
         AND g.privilege = 'fire'
         AND NOT EXISTS (SELECT FROM ptflow.roles AS r WHERE r.net = g.net AND r.role = g.role);

      INSERT INTO ptflow.grants (net, privilege, role, member)
      SELECT \(string: net.name), 'fire', '*', r.oid
        FROM pg_catalog.pg_roles AS r
       WHERE r.rolname = current_user
          ON CONFLICT DO NOTHING;

      DO \(body: "BEGIN PERFORM ptflow.seal(\(string: schema)); END;");
      """
  }
}
