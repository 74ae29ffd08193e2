import Chain
import Foundation
import PetriNet
import TestNets
import TestServer
import Testing

/// `verify --proof`, which needs no database, on proofs that the test writes.
@Suite struct ProofCommandTests {
  /// Three heads, and the proof of the one in the middle.
  private func made(_ bench: Bench, twice: Bool = false) throws -> (root: String, proof: String) {
    let net = try Net("shuttle", [Place("here", initial: 1)], [.t("take", by: ["carrier"], .input("here"))])
    let beginning = ChainedEvent(at: 1, payload: .text("{}"), action: "", role: "*", actor: "ann")
    let take = ChainedEvent(at: 2, payload: .text("{\"x\": \"é\"}"), action: "take", role: "carrier", actor: "ann")
    var proof = Proof(
      net: "shuttle", canonicalForm: net.canonicalForm, id: "b", events: [beginning, take] + (twice ? [take] : []),
      path: [])
    let others = ["a", "c"].map { Head(net: "shuttle", id: $0, seq: 0, hash: Hash(of: [])) }
    let anchor = AnchoredHeads([others[0], proof.head, others[1]], at: "2026-01-02T03:04:05Z")
    proof.path = MerkleTree(anchor.heads).path(to: 1)
    let encoder = JSONEncoder()
    func text(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
    let lines = try [text(anchor.header)] + anchor.heads.map { try text($0) }
    try bench.write(lines.map { $0 + "\n" }.joined(), to: "anchor.json")
    let written = try text(proof)
    try bench.write(written, to: "proof.json")
    return ("\(anchor.header.root)", written)
  }

  @Test func `a proof is held against a root, or a file that has it`() throws {
    try Bench.with { bench in
      let (root, _) = try made(bench)
      let other = String(repeating: "0", count: 64)
      for anchor in [
        ["--root", root], ["--root", root.uppercased()], ["--anchor", "anchor.json"], ["--anchor", root],
        ["--anchor", "anchor.json", "--root", root],
      ] {
        let run = try Program.ptflow.run(["verify", "--proof", "proof.json"] + anchor, in: bench.folder)
        #expect(run.code == 0 && run.errors == "", "\(run)")
        #expect(run.output == "shuttle b: these 1 events, and no others, were anchored; the net allows all of them\n")
      }
      for anchor in [["--root", other], ["--anchor", other]] {
        let run = try Program.ptflow.run(["verify", "--proof", "proof.json"] + anchor, in: bench.folder)
        #expect(run.code == 1 && run.output.hasPrefix("shuttle b: not proved\n"), "\(run)")
        #expect(run.output.contains("it leads to the root \(root)"))
      }
      let differs = try bench.ptflow("verify", "--proof", "proof.json", "--anchor", "anchor.json", "--root", other)
      #expect(differs.code == 1 && differs.errors.contains("its root is \(root), not the one"), "\(differs)")
      #expect(try bench.ptflow("verify", "--anchor", "anchor.json", "--root", other).errors == differs.errors)
      for wrong in [
        ["--proof", "proof.json"], ["--root", root], ["--proof", "proof.json", "--root", "x"],
        ["shuttle", "--proof", "proof.json", "--root", root],
      ] {
        #expect(try Program.ptflow.run(["verify"] + wrong, in: bench.folder).code == 64, "\(wrong)")
      }
    }
  }

  @Test func `a history that was anchored and that the net does not allow is not proved`() throws {
    try Bench.with { bench in
      let (root, _) = try made(bench, twice: true)
      let run = try bench.ptflow("verify", "--proof", "proof.json", "--root", root)
      #expect(run.code == 1, "\(run)")
      #expect(run.output.contains("\"take\" is not enabled: place \"here\" holds 0 tokens and must hold at least 1"))
      let answer = try bench.object("verify", "--proof", "proof.json", "--root", root, code: 1)
      #expect(answer["proved"] as? Bool == false && answer["seq"] as? Int == 2)
      let problems = try #require(answer["problems"] as? [[String: Any]])
      #expect(problems.map { $0["seq"] as? Int } == [2])
    }
  }

  @Test func `a proof or an anchor that is not as ptflow writes it is refused where it differs`() throws {
    try Bench.with { bench in
      let (root, proof) = try made(bench)
      let anchor = try bench.read("anchor.json")
      for (text, words) in [
        (
          proof.replacing("\"net\":", with: "\"net\":\"x\",\n\"net\":"),
          "proof.json:2:1: the field \"net\" comes a second time"
        ),
        (proof.replacing("\"id\":", with: "\n\"size\":3,\"id\":"), "proof.json:2:1: there is no field \"size\""),
        (proof + "\n{}", "proof.json:2:1: the JSON value has ended before this"),
        ("no json", "proof.json:1:1: this is no JSON value"),
      ] {
        try bench.write(text, to: "proof.json")
        let run = try bench.ptflow("verify", "--proof", "proof.json", "--root", root)
        #expect(run.code == 1 && run.output == "" && run.errors.contains(words), "\(run)")
      }
      try bench.write(anchor.replacing("\"seq\":1", with: "\"seq\":2"), to: "anchor.json")
      for arguments in [["--proof", "proof.json"], []] {
        let run = try Program.ptflow.run(["verify", "--anchor", "anchor.json"] + arguments, in: bench.folder)
        #expect(run.code == 1 && run.output == "", "\(run)")
      }
      let run = try bench.ptflow("prove", "shuttle", "b", "--anchor", "anchor.json")
      #expect(run.code == 1 && run.errors.contains("anchor.json:1:1: the root is not that of the lines"), "\(run)")
    }
  }
}
