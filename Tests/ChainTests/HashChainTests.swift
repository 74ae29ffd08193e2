import Chain
import Testing

/// The chain without a database: `ChainTests` of the database holds the same against what PostgreSQL computes.
@Suite struct HashChainTests {
  /// The example of docs/hash-chain.md.
  private let genesis = Genesis(
    net: "shuttle", digest: "ac15e5d3ef198460bda7d903138e2050189d396b04259798cd63b135fce87d6a", id: "trip 1",
    createdAt: 1_767_323_045_000_006, initial: [1, 0])
  private let event = ChainedEvent(
    action: "take", multiple: 1, payload: #"{"by": "Ännä"}"#, actor: "ann", key: nil, seq: 1,
    at: 1_767_323_046_000_000, role: "carrier", marking: [0, 1])

  @Test func `the example of the documents has its hashes`() {
    #expect("\(genesis.hash)" == "64020bf2c1afb6ae7cc06ac267fc18e437c245705f1e8e3634b74823d5cf1586")
    #expect(
      "\(event.hash(after: genesis.hash, id: "trip 1"))"
        == "f52521768996f39718d7b9b9221bc756d9ac2e280ba26f10b20fe972d5a7e9e1")
  }

  @Test func `no two events that differ are written alike`() {
    let changes: [(inout ChainedEvent) -> Void] = [
      { $0.action = "take1" }, { $0.multiple = 2 }, { $0.payload = "{}" }, { $0.actor = "ann," }, { $0.key = "" },
      { $0.key = ":," }, { $0.seq = 2 }, { $0.at += 1 }, { $0.role = "" }, { $0.marking = [0] },
      { $0.marking = [0, 1, 0] }, { ($0.seq, $0.at) = (11, 767_323_046_000_000) },
      { ($0.actor, $0.role) = ($0.role, $0.actor) },
    ]
    let hashes = changes.map { change in
      var changed = event
      change(&changed)
      return changed.hash(after: genesis.hash, id: "trip 1")
    }
    let others = [
      event.hash(after: genesis.hash, id: "trip 1"), event.hash(after: genesis.hash, id: "trip"),
      event.hash(after: Hash(of: []), id: "trip 1"),
    ]
    #expect(Set(hashes + others).count == changes.count + 3)
  }

  /// A proof of the example in an anchor of one instance.
  private var proof: Proof {
    Proof(
      net: genesis.net, digest: genesis.digest, initial: genesis.initial, id: genesis.id,
      createdAt: genesis.createdAt, events: [event], index: 0, size: 1, path: [])
  }

  @Test func `a proof leads to the root of its anchor`() throws {
    let head = try #require(proof.head)
    #expect(head.seq == 1 && head.hash == "f52521768996f39718d7b9b9221bc756d9ac2e280ba26f10b20fe972d5a7e9e1")
    #expect(proof.root == MerkleTree([head]).root)
    var two = proof
    let other = Head(net: "shuttle", id: "trip 2", seq: 0, hash: head.hash)
    (two.size, two.path) = (2, MerkleTree([head, other]).path(to: 0).map { "\($0)" })
    #expect(two.root == MerkleTree([head, other]).root)
    two.path[0].removeLast()
    #expect(two.root == nil)
  }

  @Test func `a proof whose events are not 1, 2, 3 proves nothing`() {
    var later = event
    later.seq = 2
    for events in [[later], [event, event], [later, event], [event, later, later]] {
      var proof = proof
      proof.events = events
      #expect(proof.head == nil && proof.root == nil)
    }
    var empty = proof
    empty.events = []
    #expect(empty.head?.seq == 0 && empty.head?.hash == "\(genesis.hash)")
  }
}
