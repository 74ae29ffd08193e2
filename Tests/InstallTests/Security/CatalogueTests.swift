import Installer
import PetriNet
import Postgres
import TestServer
import Testing

/// What the server's catalogues say of everything that we make, with nets of all kinds installed.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct CatalogueTests {
  private func withAllNets(_ body: (borrowing Connection) throws -> Void) throws {
    try Site.with([]) { site in
      let plans = try netsOfRepository() + [plan(hostileNet(hostileWords[0]))]
      _ = try Installer.install(plans, facade: nil, on: try site.asOwner())
      #expect(try site.rights() == [], "nobody but the owner has anything, PUBLIC included")
      try body(try site.superuser())
    }
  }

  @Test func `of all nets, every function has its search path pinned and nothing stands open`() throws {
    try withAllNets { connection in
      let functions = try connection.column("SELECT proname FROM (\(ourFunctions)) AS p")
      #expect(functions.count > 300)
      // What is called with the owner's rights sets the path; what runs under such a function has it from there, and so do
      // the functions of guards, whose time is part of a dispatch's.
      let loose = try connection.column(
        """
        SELECT p.oid::regprocedure::text FROM (\(ourFunctions)) AS p
         WHERE p.proconfig IS DISTINCT FROM
               CASE WHEN p.prosecdef OR p.nspname = 'ptflow' AND p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'sql')
                    THEN '{"search_path=pg_catalog, pg_temp"}'::text[] END
           AND NOT (p.nspname = 'ptflow' AND p.proname LIKE 'cel\\_%' AND NOT p.prosecdef)
           AND NOT (p.proname = 'lock_catalogue' AND p.proconfig @> '{"search_path=pg_catalog, pg_temp"}')
        """)
      #expect(loose == [])

      let lending = try connection.column(
        "SELECT p.oid::regprocedure::text FROM (\(ourFunctions)) AS p WHERE p.prosecdef ORDER BY 1")
      let doors = try connection.column(
        """
        SELECT format('%I.%I(%s)', n.schema_name, t.function_name, 'text,jsonb,bigint,bigint,text')::regprocedure::text
          FROM ptflow.nets AS n
          JOIN ptflow.objects AS o ON o.net = n.net AND o.callers IS NOT NULL
         CROSS JOIN LATERAL (SELECT o.name AS function_name) AS t
        """)
      let calls = try connection.column(
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p WHERE p.pronamespace = 'public'::regnamespace AND p.proname = ANY ($1)",
        ["{\(facadeCalls.map(\.0).joined(separator: ","))}"])
      #expect(calls.count == facadeCalls.count)
      #expect(lending == (doors + calls).sorted())

      let untrusted = try connection.column(
        """
        SELECT p.oid::regprocedure::text FROM (\(ourFunctions)) AS p JOIN pg_language AS l ON l.oid = p.prolang
         WHERE l.lanname NOT IN ('sql', 'plpgsql') OR p.proleakproof OR p.provariadic <> 0
        """)
      #expect(untrusted == [])
    }
  }

  @Test func `dynamic SQL is run by functions that install, grant and remove, and by no other`() throws {
    try withAllNets { connection in
      let dynamic = try connection.column(
        """
        SELECT p.nspname || '.' || p.proname
          FROM (\(ourFunctions)) AS p
         CROSS JOIN LATERAL (SELECT regexp_replace(p.prosrc, $r$'(?:[^']|'')*'|"(?:[^"]|"")*"$r$, '', 'g')) AS a (words)
         CROSS JOIN LATERAL (SELECT regexp_replace(a.words, '--[^\\n]*', '', 'g')) AS b (words)
         WHERE b.words ~* '\\mexecute\\M'
         ORDER BY 1
        """)
      #expect(
        dynamic == [
          "ptflow.add_administrator", "ptflow.add_grant", "ptflow.count_instances", "ptflow.drop_net",
          "ptflow.lock_instances", "ptflow.refresh_facade", "ptflow.remove_grant", "ptflow.seal",
          "ptflow.sync_privileges",
        ])
    }
  }

  @Test func `no object is of a kind that runs code unseen`() throws {
    try withAllNets { connection in
      let unseen = try connection.column(
        """
        SELECT 'rule ' || r.rulename FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
          JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow %' AND c.relkind <> 'v'
        UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
        UNION ALL SELECT 'operator ' || o.oid::regoperator FROM pg_operator AS o JOIN pg_namespace AS n ON n.oid = o.oprnamespace
         WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow %'
        UNION ALL SELECT 'cast ' || c.oid FROM pg_cast AS c JOIN pg_type AS t ON t.oid IN (c.castsource, c.casttarget)
          JOIN pg_namespace AS n ON n.oid = t.typnamespace WHERE obj_description(n.oid, 'pg_namespace') LIKE 'ptflow %'
        UNION ALL SELECT 'default privilege ' || oid FROM pg_default_acl
        UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
        """)
      #expect(unseen == [])
    }
  }
}
