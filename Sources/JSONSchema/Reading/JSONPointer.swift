internal import JSON

/// A JSON pointer (RFC 6901) with one more step.
func pointer(_ pointer: String, _ step: String) -> String { pointer + "/" + escapedStep(step) }

/// A name as a step of a JSON pointer.
public func escapedStep(_ name: String) -> String {
  var step = ""
  for scalar in name.unicodeScalars {
    switch scalar {
    case "~": step += "~0"
    case "/": step += "~1"
    default: step.unicodeScalars.append(scalar)
    }
  }
  return step
}

/// The steps of a JSON pointer, which begins with a slash or is empty.
func steps(of pointer: String) -> [String] {
  pointer.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { step in
    var name = ""
    var rest = step[...]
    while let scalar = rest.popFirst() {
      switch (scalar, rest.first) {
      case ("~", "0"): name += "~"
      case ("~", "1"): name += "/"
      default:
        name.unicodeScalars.append(scalar)
        continue
      }
      rest = rest.dropFirst()
    }
    return name
  }
}

extension JSONNode {
  /// The part that one step of a pointer leads to.
  func part(_ step: String) -> JSONNode? {
    switch value {
    case .object(let members): members.last { Text($0.name) == Text(step) }?.node
    case .array(let elements): Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    default: nil
    }
  }
}
