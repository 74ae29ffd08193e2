internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The net's rows in the catalogue.
  var catalogueSQL: SQL {
    let net: SQL = "\(string: plan.net.name)"
    return """
      -- Catalogue --------------------------------------------------------------------------------------------------

      DO \(body: """
        BEGIN
            IF EXISTS (\(otherSpelling(of: "\(net)::text"))) THEN
                RAISE EXCEPTION 'a net with the name % in another Unicode normal form is installed', \(net)
                    USING ERRCODE = 'duplicate_object',
                          HINT    = 'Install this one under another name: ptflow compile FILE --as NAME';
            END IF;
        END;
        """);

      INSERT INTO ptflow.nets AS n (net, schema_name, version, digest) VALUES
          (\(net), \(string: plan.schema), ptflow.next_version(\(net)), '\\x\(SQL(verbatim: plan.digestText))')
          ON CONFLICT (net) DO UPDATE SET version = excluded.version, digest = excluded.digest;

      INSERT INTO ptflow.net_versions (net, version, digest, encoding, canonical_form, file, format, source)
      SELECT n.net, n.version, n.digest, 1,
             \(string: plan.net.canonicalForm),
             \(string: plan.source.file), \(string: plan.source.format),
             \(string: plan.source.text)
        FROM ptflow.nets AS n
       WHERE n.net = \(net);

      DELETE FROM ptflow.rights AS r WHERE r.net = \(net);
      INSERT INTO ptflow.rights (net, privilege, role, type_name) VALUES
          \(values(plan.rights.map { right in
            [net, "\(string: right.privilege.rawValue)", "\(string: right.role ?? "")", "\(string: right.type)"]
          }));

      \(objectsSQL)

      DO \(body: """
        BEGIN
            PERFORM ptflow.seal(\(string: plan.schema));
            PERFORM ptflow.add_administrator(\(net));
        END;
        """);
      """
  }

  /// What the schema holds.
  var objectsSQL: SQL {
    let net: SQL = "\(string: plan.net.name)"
    return """
      -- What the schema holds, in the order in which it was made; and who may call what of it.
      DELETE FROM ptflow.objects AS o WHERE o.net = \(net);
      INSERT INTO ptflow.objects (net, number, kind, name, arguments, callers) VALUES
          \(values(plan.objects.enumerated().map { index, object in
            [
              net, "\(index + 1)", "\(string: object.kind.rawValue)", "\(string: object.name)",
              "\(string: object.arguments)", callers(object),
            ]
          }));
      """
  }

  private func callers(_ object: NetObject) -> SQL {
    guard let roles = object.callers else { return "NULL" }
    return "ARRAY[\(roles.map { "\(string: $0)" as SQL }, separator: ", ")]"
  }
}
