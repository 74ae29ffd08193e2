public import PetriNet

extension Finding {
  /// The way to what refutes a claim, in words: `after a, b`, with what can be repeated. Long ways are cut in the middle.
  ///
  /// - Returns: nil when no firing is needed.
  public func way(in net: Net) -> String? {
    guard !witness.isEmpty else { return nil }
    guard let pump else { return "after \(net.words(path: witness))" }
    let loop = "repeat \(net.words(path: Array(witness[pump])))"
    return pump.lowerBound == 0 ? loop : "after \(net.words(path: Array(witness[..<pump.lowerBound]))), \(loop)"
  }
}

extension Net {
  /// Some transitions in order, by name; of many the first and the last.
  public func words(path: [Int]) -> String {
    let names = path.map { name(ofTransition: $0) }
    guard names.count > 12 else { return names.joined(separator: ", ") }
    return names[..<6].joined(separator: ", ") + ", … \(names.count - 9) more …, "
      + names[(names.count - 3)...].joined(separator: ", ")
  }
}
