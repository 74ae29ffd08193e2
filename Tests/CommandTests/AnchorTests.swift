import Foundation
import Postgres
import TestServer
import Testing

/// Anchors and proofs, as a user makes and checks them.
@Suite(.enabled(if: TestServer.isAvailable, "\(TestServer.absence ?? "")"))
struct AnchorTests {
  /// A database with two nets, three instances and an anchor in `anchor.json`; answers the root.
  private func anchored(_ bench: Bench) throws -> String {
    try bench.write(Bench.shuttle, to: "shuttle.pflow")
    _ = try bench.answer("install", "shuttle.pflow")
    _ = try bench.answer("install", "shuttle.pflow", "--as", "other net")
    _ = try bench.answer("dispatch", "shuttle", "a", "take", "{\"ä\": [1.50, null]}", "--key", "k")
    _ = try bench.answer("dispatch", "shuttle", "a", "put")
    _ = try bench.answer("dispatch", "shuttle", "b", "take")
    _ = try bench.answer("create", "other net", "c")
    return try bench.answer("anchor", "-o", "anchor.json").trimmingCharacters(in: .newlines)
  }

  @Test func `a proof of every instance is true without the database, until a word of it is changed`() throws {
    try Bench.withDatabase { bench in
      let root = try anchored(bench)
      for (net, id) in [("shuttle", "a"), ("shuttle", "b"), ("other net", "c")] {
        let proof = try bench.answer("prove", net, id, "--anchor", "anchor.json")
        try bench.write(proof, to: "proof.json")
        for anchor in [root, root.uppercased(), "anchor.json"] {
          let run = try bench.ptflow(
            "verify", "--proof", "proof.json", "--anchor", anchor,
            environment: ["DATABASE_URL": "postgresql://nowhere:1/x"])
          #expect(run.code == 0, "\(run)")
          #expect(run.output.hasPrefix("\(net) \(id): these "))
        }
        let other = String(repeating: "0", count: 64)
        #expect(try bench.ptflow("verify", "--proof", "proof.json", "--anchor", other).code == 1)
      }
      let proof = try bench.answer("prove", "shuttle", "a", "--anchor", "anchor.json")
      let changes = [
        ("1.50", "1.5"), ("\"put\"", "\"take\""), ("\"at\":", "\"at\":1"), ("\"id\":\"a\"", "\"id\":\"b\""),
        ("\"key_hash\":\"8254", "\"key_hash\":\"8255"), ("\"net\":\"shuttle\"", "\"net\":\"shuttlf\""),
        ("\"left\":null,\"right\":", "\"right\":null,\"left\":"), ("initial 1", "initial 2"),
      ]
      for (old, new) in changes {
        #expect(proof.contains(old), "\(old) in \(proof)")
        try bench.write(proof.replacing(old, with: new), to: "proof.json")
        let run = try bench.ptflow("verify", "--proof", "proof.json", "--anchor", root)
        #expect(run.code == 1, "\(old): \(run)")
      }
    }
  }

  @Test func `a removed end and a rewritten chain are found by the anchor, and only by it`() throws {
    try Bench.withDatabase { bench in
      let root = try anchored(bench)
      _ = try bench.answer("dispatch", "shuttle", "b", "put")
      #expect(try bench.answer("verify") == "all nets: intact\n")
      let first = "anchor of 3 instances: \(root)\n"
      #expect(try bench.answer("verify", "--anchor", "anchor.json") == first + "all nets: intact\n")
      #expect(try bench.answer("verify", "--anchor", "anchor.json", "--root", root) == first + "all nets: intact\n")
      #expect(
        try bench.answer("verify", "shuttle", "b", "--anchor", "anchor.json") == first + "shuttle b: intact\n")

      // The owner takes the last event of `a` back: nothing in the database is wrong.
      try bench.connect().execute(
        """
        SET session_replication_role = replica;
        DELETE FROM shuttle.events WHERE id = 'a' AND seq = 2
        """)
      #expect(try bench.answer("verify") == "all nets: intact\n")
      let found = try #require(try bench.json("verify", "--anchor", "anchor.json", code: 1) as? [[String: Any]])
      #expect(found.count == 1)
      #expect(found.first?["problem"] as? String == "anchor")
      #expect(found.first?["instance"] as? String == "a")
      #expect(try bench.ptflow("prove", "shuttle", "a", "--anchor", "anchor.json").code == 1)
      #expect(try bench.ptflow("verify", "shuttle", "b", "--anchor", "anchor.json").code == 0)

      _ = try bench.answer("uninstall", "other net", "--with-data")
      let more = try #require(try bench.json("verify", "--anchor", "anchor.json", code: 1) as? [[String: Any]])
      #expect(more.compactMap { $0["instance"] as? String }.sorted() == ["a", "c"])
    }
  }

  @Test func `what is no anchor or no proof is refused in words`() throws {
    try Bench.withDatabase { bench in
      let root = try anchored(bench)
      let anchor = try String(contentsOfFile: bench.folder + "/anchor.json", encoding: .utf8)
      try bench.write(anchor.replacing("\"seq\":2", with: "\"seq\":1"), to: "changed.json")
      try bench.write("no json", to: "junk.json")
      try bench.write(try bench.answer("prove", "shuttle", "a", "--anchor", "anchor.json"), to: "proof.json")
      for (arguments, words) in [
        (["verify", "--anchor", "changed.json"], "the file was changed"),
        (["verify", "--anchor", "junk.json"], "junk.json:1:1: this is no JSON value"),
        (["verify", "--anchor", "missing.json"], "cannot be read"),
        (["verify", "--proof", "proof.json", "--anchor", String(root.dropLast())], "neither a file nor a root"),
        (["verify", "--proof", "junk.json", "--anchor", root], "junk.json:1:1: this is no JSON value"),
        (["prove", "shuttle", "later", "--anchor", "anchor.json"], "before shuttle later began"),
      ] {
        let run = try Program.ptflow.run(arguments, in: bench.folder, environment: ["DATABASE_URL": bench.url])
        #expect(run.code == 1 && run.output == "", "\(arguments): \(run)")
        #expect(run.errors.contains(words), "\(arguments): \(run)")
      }
      #expect(try bench.ptflow("verify", "--proof", "junk.json").code == 64)
      #expect(try bench.ptflow("verify", "shuttle", "--proof", "junk.json", "--anchor", root).code == 64)
    }
  }
}
