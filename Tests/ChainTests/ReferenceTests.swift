import Chain
import PetriNet
import Reference
import TestNets
import Testing

/// The reference, which the differential tests hold the database against, and this module agree on every chain.
@Suite struct ReferenceTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `the reference computes the same hashes, and its histories are proved`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let net = Net.dense("net \(seed) ä", using: &generator)
    let roles = Array(Set(net.roles.map(\.name) + [Role.default]).sorted().shuffled(using: &generator).prefix(3))
    var reference = ReferenceNet(net, owner: "own\"er", member: "mémber", memberRoles: roles)
    var calls = CallGenerator(seed: ~seed)
    for _ in 0..<150 {
      let call = calls.next(on: reference)
      let outcome = Result { () throws(Refusal) in try reference.perform(call) }
      calls.note(call, wasRefused: (try? outcome.get()) == nil)
    }

    var chain = Chain(reference)
    let digest = Hash(of: Array(net.canonicalForm.utf8))
    var count = 0
    for id in reference.ids {
      let instance = try #require(reference[id])
      var events = [
        ChainedEvent(at: 0, payload: .text("{}"), action: "", role: instance.role, actor: instance.actor)
      ]
      for event in instance.events {
        events.append(
          ChainedEvent(
            at: 0, payload: .text(event.payload.printed), multiple: event.multiple,
            keyHash: event.key.map { Hash(of: Array($0.utf8)) }, action: net.transitions[event.transition].name,
            role: event.role, actor: event.actor))
      }
      var hash = ChainRoot(net: net.name, digest: digest, id: id).hash
      for seq in events.indices {
        // 820,638,245,000,000 microseconds after 2000 it is 2026-01-02 03:04:05.
        events[seq].at = 820_638_245_000_000 + seq
        let digits = String(seq)
        let fraction = String(repeating: "0", count: 6 - digits.count) + digits
        hash = events[seq].hash(after: hash)
        let link = chain.add(id, seq, at: "2026-01-02T03:04:05.\(fraction)+00:00", in: reference)
        #expect(link?.hash == "\(hash)", "\(id) \(seq)")
        #expect(link?.moment == events[seq].at)
        count += 1
      }
      let proof = Proof(
        net: net.name, canonicalForm: net.canonicalForm, id: id, events: events, path: [])
      #expect(proof.head.hash == hash)
      #expect(proof.problems(against: MerkleTree([proof.head]).root) == [])
    }
    #expect(count > 0)
  }
}
