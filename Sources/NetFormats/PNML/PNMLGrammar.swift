extension Grammar {
  /// What the standard has for P/T nets, and what WoPeD, TINA, pm4py, ProM and verifypn add to it.
  ///
  /// Elements of coloured and of timed nets are known here so that the reader can tell them by those names.
  static let pnml = Self(
    rules: [
      "pnml": Rule(many: ["net", "toolspecific"]),
      "net": Rule(attributes: ["id", "type"], once: ["name", "finalmarkings"], many: objects),
      "page": Rule(attributes: ["id"], once: ["name"], many: objects + ["net"]),
      "place": Rule(
        attributes: ["id"], once: ["name", "initialMarking", "capacity", "graphics", "type", "hlinitialMarking"],
        many: ["toolspecific"]),
      "transition": Rule(
        attributes: ["id"], once: ["name", "graphics", "condition", "delay", "rate", "timed", "priority"],
        many: ["toolspecific"]),
      "referencePlace": reference, "referenceTransition": reference,
      "arc": arc, "inputArc": arc, "outputArc": arc, "inhibitorArc": arc,
      "type": Rule(
        attributes: ["value"], once: ["text", "value", "graphics", "structure"], many: ["toolspecific"], text: .label),
      "name": .label, "initialMarking": .label, "capacity": .label, "inscription": .label, "arctype": .label,
      "text": .text, "value": .text,
    ],
    skipped: [
      "graphics", "toolspecific", "finalmarkings", "declaration", "declarations", "structure", "hlinitialMarking",
      "hlinscription", "condition", "delay", "rate", "timed", "priority",
    ])

  private static let objects = [
    "place", "transition", "arc", "inputArc", "outputArc", "inhibitorArc", "referencePlace", "referenceTransition",
    "page", "graphics", "toolspecific", "declaration", "declarations",
  ]
  private static let reference = Rule(attributes: ["id", "ref"], once: ["name", "graphics"], many: ["toolspecific"])
  private static let arc = Rule(
    attributes: ["id", "source", "target", "type"],
    once: ["name", "inscription", "graphics", "type", "arctype", "hlinscription"], many: ["toolspecific"])
}
