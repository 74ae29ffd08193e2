extension Grammar {
  /// What TAPAAL and verifypn write.
  static let tapaal = Self(
    rules: [
      "pnml": Rule(
        many: [
          "net", "shared-place", "shared-transition", "constant", "query", "queries", "k-bound", "feature",
          "declaration", "toolspecific",
        ]),
      "net": Rule(
        attributes: ["id", "type", "active"], once: ["name"],
        many: ["place", "transition", "arc", "inputArc", "outputArc", "inhibitorArc", "labels", "toolspecific"]),
      "shared-place": Rule(attributes: ["name", "initialMarking", "invariant"]),
      "shared-transition": Rule(attributes: ["name", "urgent", "player"]),
      "constant": Rule(attributes: ["name", "value"]),
      "place": Rule(
        attributes: drawing + ["id", "name", "initialMarking", "invariant"],
        once: ["name", "initialMarking", "graphics", "type", "hlinitialMarking"], many: ["toolspecific"]),
      "transition": Rule(
        attributes: drawing + ["id", "name", "urgent", "player", "priority", "infiniteServer", "angle"],
        once: ["name", "graphics", "condition"], many: ["toolspecific"]),
      "arc": arc, "inputArc": arc, "outputArc": arc, "inhibitorArc": arc,
      "name": .label, "initialMarking": .label, "inscription": .label, "text": .text, "value": .text,
    ],
    skipped: [
      "graphics", "toolspecific", "labels", "query", "queries", "k-bound", "feature", "declaration", "type",
      "hlinitialMarking", "hlinscription", "condition", "arcpath",
    ])

  private static let drawing = ["displayName", "nameOffsetX", "nameOffsetY", "positionX", "positionY"]
  private static let arc = Rule(
    attributes: [
      "id", "source", "target", "type", "weight", "inscription", "transportID", "nameOffsetX", "nameOffsetY",
    ],
    once: ["name", "inscription", "graphics", "hlinscription"], many: ["arcpath", "toolspecific"])
}
