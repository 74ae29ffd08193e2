import Chain
import PetriNet
import TestNets

/// The example of docs/hash-chain.md.
enum Example {
  static let net =
    try? Net(
      "shuttle", [Place("here", initial: 1), Place("there")],
      [.t("take", by: ["carrier"], .input("here"), .output("there"))])

  static let canonicalForm = net?.canonicalForm ?? ""

  static let root = ChainRoot(net: "shuttle", digest: Hash(of: Array(canonicalForm.utf8)), id: "trip 1")

  static let beginning = ChainedEvent(
    at: 820_638_245_000_006, payload: .text("{}"), action: "", role: "carrier", actor: "ann")

  static let take = ChainedEvent(
    at: 820_638_246_000_000, payload: .text(#"{"by": "Ännä"}"#), keyHash: Hash(of: Array("req-7".utf8)), action: "take",
    role: "carrier", actor: "ann")

  /// The proof of the example in an anchor of three instances.
  static func proof(_ events: [ChainedEvent] = [beginning, take], canonicalForm: String = canonicalForm) -> Proof {
    var proof = Proof(net: "shuttle", canonicalForm: canonicalForm, id: "trip 1", events: events, path: [])
    proof.path = MerkleTree(heads(proof)).path(to: 1)
    return proof
  }

  /// The heads of an anchor that has the example's head between two others.
  static func heads(_ proof: Proof) -> [Head] {
    [
      Head(net: "shuttle", id: "trip 0", seq: 0, hash: Hash(of: [0])), proof.head,
      Head(net: "shuttle", id: "trip 2", seq: 5, hash: Hash(of: [2])),
    ]
  }
}
