import JSON
import JSONSchema
import PetriNet

/// What the schema of a transition says of the payload in a file.
struct TriedPayload {
  private let action: String
  private let file: String
  private let failures: [Failure]

  /// Tries a payload.
  ///
  /// - Throws: an `UnknownName` for a transition that the net has not, an `UnreadableJSON` for a file that holds none.
  init(of action: String, in net: Net, file: String) throws {
    guard let transition = net.transitions.first(where: { $0.name == action }) else {
      throw UnknownName(kind: "transition", name: action, known: net.transitions.map(\.name))
    }
    let document = try JSONFile(path: file, title: "the payload", deepest: Document.deepest).document
    failures = transition.payload?.schema.failures(of: document) ?? []
    self.action = action
    self.file = file
  }

  /// Says it, and ends the program with 1 if anything is wrong.
  func say(asJSON: Bool) throws {
    if asJSON {
      sayJSON([
        "action": .string(action), "file": .string(file), "valid": .truth(failures.isEmpty),
        "failures": .array(failures.map(\.jsonValue)),
      ])
    } else if failures.isEmpty {
      ptflow.say("\(file): a payload of \(action)")
    } else {
      ptflow.say("\(file): no payload of \(action)")
      ptflow.say(table(["where", "keyword", "wanted"], failures.map { [$0.pointer, $0.keyword, $0.wanted] }))
    }
    if !failures.isEmpty { throw ExitStatus.refused.code }
  }
}

extension Failure {
  /// The failure for programs.
  var jsonValue: JSONValue {
    ["pointer": .string(pointer), "keyword": .string(keyword), "wanted": .string(wanted)]
  }
}
