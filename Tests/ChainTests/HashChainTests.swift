import Chain
import Foundation
import Testing

@Suite struct HashChainTests {
  @Test func `the example of the documents has its hashes`() throws {
    #expect("\(Example.root.digest)" == "ac15e5d3ef198460bda7d903138e2050189d396b04259798cd63b135fce87d6a")
    #expect("\(Example.root.hash)" == "a61b32c081853e253f362d12baed7aaa472f3ff26fecc6a33db4521ab0f8ee89")
    let beginning = Example.beginning.hash(after: Example.root.hash)
    #expect("\(beginning)" == "7824f4f583dc479ffcda8638b4455de86c7bae9d3095c34c31c468aaf271e54a")
    let take = Example.take.hash(after: beginning)
    #expect("\(take)" == "45192c334cf8e121bb47c3aa971517d7201dc0fdb28087f5726cede5d643e7f5")

    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let page = try String(contentsOf: folder.appending(path: "../../docs/hash-chain.md"), encoding: .utf8)
    let hashes = [
      Example.root.digest, Example.root.hash, Example.beginning.payload.hash, beginning, Example.take.payload.hash,
      try #require(Example.take.keyHash), take,
    ]
    for hash in hashes { #expect(page.contains("\(hash)"), "\(hash)") }
    #expect(page.contains(Example.canonicalForm.split(separator: "\n").map { "    \($0)\n" }.joined()))
  }

  @Test func `an event is hashed byte by byte as the documents say`() {
    let previous = Hash(of: [1])
    let event = ChainedEvent(
      at: -2, payload: .text("[]"), multiple: 70, keyHash: Hash(of: [2]), action: "é,", role: "3:e\u{301}",
      actor: "a,\r\n")
    let text = "70,64:\(Hash(of: [2])),2:é,,4:3:e\u{301},a,\r\n"
    let bytes = previous.bytes + Array(repeating: 0xff, count: 7) + [0xfe] + Hash(of: Array("[]".utf8)).bytes
    #expect(event.hash(after: previous) == Hash(of: bytes + Array(text.utf8)))
  }

  @Test func `no two events that differ are hashed alike`() {
    let changes: [(inout ChainedEvent) -> Void] = [
      { $0.action = "take1" }, { $0.multiple = 2 }, { $0.payload = .text("{}") }, { $0.actor = "ann," },
      { $0.keyHash = nil }, { $0.keyHash = Hash(of: []) }, { $0.at += 1 }, { $0.at = -$0.at }, { $0.role = "" },
      { $0.actor = "" }, { ($0.actor, $0.role) = ($0.role, $0.actor) },
      { ($0.action, $0.role) = ("take,7:carrier", "") }, { ($0.role, $0.actor) = ("", "carrier,ann") },
      { ($0.keyHash, $0.action) = (nil, "\($0.keyHash.map { "\($0)" } ?? ""),4:take") },
    ]
    let root = Example.root
    let hashes = changes.map { change in
      var changed = Example.take
      change(&changed)
      return changed.hash(after: root.hash)
    }
    let roots = [
      ChainRoot(net: "shuttlf", digest: root.digest, id: root.id),
      ChainRoot(net: root.net, digest: Hash(of: []), id: root.id),
      ChainRoot(net: root.net, digest: root.digest, id: "trip"),
      ChainRoot(net: "", digest: root.digest, id: root.id), root,
    ]
    let others = roots.map { Example.take.hash(after: $0.hash) }
    #expect(Set(hashes + others).count == changes.count + roots.count)
  }

  @Test func `a redacted payload leaves the hash as it was`() {
    var redacted = Example.take
    redacted.payload = .redacted(Example.take.payload.hash)
    #expect(redacted.hash(after: Example.root.hash) == Example.take.hash(after: Example.root.hash))
  }
}
