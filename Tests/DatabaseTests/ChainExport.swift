import Chain
import Foundation
import PetriNet

/// An export of one instance's chain, as the query of `docs/hash-chain.md` gives it, made without a database.
struct ChainExport {
  /// A line of the export.
  typealias Line = [String: any Sendable]

  private(set) var lines: [Line]

  /// The chain of an instance whose events the net allows.
  init(_ net: Net, id: String, _ events: [ChainedEvent]) throws {
    let digest = Hash(of: Array(net.canonicalForm.utf8))
    lines = [
      [
        "kind": "version", "net": net.name, "version": 1, "encoding": 1, "digest": "\(digest)",
        "canonical_form": net.canonicalForm, "places": net.places.map(\.name),
      ],
      ["kind": "instance", "id": id],
    ]
    var hash = ChainRoot(net: net.name, digest: digest, id: id).hash
    var marking = net.initialMarking
    for (seq, event) in events.enumerated() {
      if let transition = net.transitions.firstIndex(where: { $0.name == event.action }) {
        marking = try net.fire(transition, times: event.multiple, in: marking)
      }
      hash = event.hash(after: hash)
      var line: Line = [
        "kind": "event", "id": id, "seq": seq, "version": 1, "marking": marking.counts, "hash": "\(hash)",
      ]
      let fields = try JSONSerialization.jsonObject(with: JSONEncoder().encode(event)) as? [String: any Sendable]
      line.merge(fields ?? [:]) { _, new in new }
      lines.append(line)
    }
  }

  /// The export as text.
  var text: String {
    get throws {
      try lines.map { line in
        String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self) + "\n"
      }.joined()
    }
  }

  /// Changes the line of an event; or the version's at -2, the instance's at -1.
  mutating func change(_ seq: Int, _ change: (inout Line) -> Void) { change(&lines[seq + 2]) }

  /// Takes a line out; or the version's at -2, the instance's at -1.
  mutating func remove(_ seq: Int) { lines.remove(at: seq + 2) }

  /// Computes the hashes anew from what the lines say, as somebody would who forges a history.
  mutating func rehash() throws {
    guard let form = lines[0]["canonical_form"] as? String, let net = lines[0]["net"] as? String,
      let id = lines[1]["id"] as? String
    else { return }
    var hash = ChainRoot(net: net, digest: Hash(of: Array(form.utf8)), id: id).hash
    for index in lines.indices.dropFirst(2) {
      let line = lines[index]
      hash = ChainedEvent(
        at: line["at"] as? Int ?? 0, payload: .text(line["payload"] as? String ?? ""),
        multiple: line["multiple"] as? Int ?? 0, keyHash: (line["key_hash"] as? String).flatMap { Hash($0) },
        action: line["action"] as? String ?? "", role: line["role"] as? String ?? "",
        actor: line["actor"] as? String ?? ""
      ).hash(after: hash)
      lines[index]["hash"] = "\(hash)"
    }
  }
}
