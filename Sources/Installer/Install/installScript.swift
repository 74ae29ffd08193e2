internal import Crypto
internal import Engine
internal import Output
public import Plan
public import SQL

/// The whole of an installation as one script in one transaction: what `ptflow compile` writes.
///
/// The engine is brought along each time; where it is there already, nothing of it changes.
///
/// - Parameters:
///   - plans: the nets to install, none of which is there yet.
///   - facade: the schema for the functions that clients call.
/// - Returns: the script.
public func installScript(_ plans: [NetPlan], facade: String) -> SQL {
  """
  -- Made by ptflow. Run it with psql -f, as the role that is to own the nets.

  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;

  \(installSteps(plans, facade: facade))

  COMMIT;

  """
}

/// What stands between the script's BEGIN and COMMIT.
private func installSteps(_ plans: [NetPlan], facade: String) -> SQL {
  ([scriptSettings, beforeNets(facade: facade)] + plans.map { $0.sql() } + [afterNets]).joined(separator: "\n\n\n")
}

/// What the text of a script depends on. They have to be in force before the script is read, so they go first and alone.
let scriptSettings: SQL = """
  SET LOCAL client_encoding = 'UTF8';
  SET LOCAL client_min_messages = warning;
  SET LOCAL standard_conforming_strings = on;
  SET LOCAL search_path = pg_catalog, pg_temp;
  DO $$
  BEGIN
      IF current_setting('lock_timeout') = '0' THEN
          PERFORM set_config('lock_timeout', '60s', true);
      END IF;
  END;
  $$;
  """

/// The engine.
func beforeNets(facade: String) -> SQL {
  """
  \(Engine.script)


  \(facadeScript(facade))
  """
}

/// The facade, with a branch for each net that is there now.
let afterNets: SQL = "DO $$ BEGIN PERFORM ptflow.refresh_facade(); END; $$;"

/// sha-256 of the engine's SQL, in hexadecimal digits.
let engineDigest = SHA256.hash(data: Array(Engine.script.text.utf8)).map { byte in
  String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
}.joined()

/// Says which engine this is and where its facade stands.
private func facadeScript(_ facade: String) -> SQL {
  """
  INSERT INTO ptflow.engine AS e (version, digest, facade) VALUES
      (\(Engine.version), '\\x\(SQL(verbatim: engineDigest))', \(string: facade))
      ON CONFLICT (one) DO UPDATE SET version = excluded.version, digest = excluded.digest;

  DO \(body: facadeBody(facade));

  DO $$ BEGIN PERFORM ptflow.seal('ptflow'); END; $$;
  """
}

/// Refuses a schema for the facade that belongs to somebody else, whose functions would stand beside ours.
func facadeGuard(_ facade: String) -> SQL { "DO \(body: "BEGIN\n    \(facadeOwnerCheck(facade))\nEND;");" }

private func facadeOwnerCheck(_ facade: String) -> SQL {
  """
  IF EXISTS (SELECT FROM pg_namespace AS n
              WHERE n.nspname = \(string: facade) AND n.nspname <> 'public' AND pg_get_userbyid(n.nspowner) <> current_user)
  THEN
      RAISE EXCEPTION 'the schema % belongs to %, not to %', \(string: facade), (
              SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace AS n WHERE n.nspname = \(string: facade)), current_user
          USING ERRCODE = 'insufficient_privilege',
                HINT    = 'Put the functions that clients call into a schema of your own: ptflow install --facade NAME ...';
  END IF;
  """
}

private func facadeBody(_ facade: String) -> SQL {
  """
  BEGIN
      IF (SELECT e.facade FROM ptflow.engine AS e) <> \(string: facade) THEN
          RAISE EXCEPTION 'the facade of this database stands in another schema'
              USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL  = format('It stands in %I.', (SELECT e.facade FROM ptflow.engine AS e)),
                    HINT    = 'Say that schema with --facade, or leave --facade out.';
      END IF;
      \(facadeOwnerCheck(facade))
      IF NOT EXISTS (SELECT FROM pg_namespace AS n WHERE n.nspname = \(string: facade)) THEN
          CREATE SCHEMA \(name: facade);
      END IF;
  END;
  """
}
