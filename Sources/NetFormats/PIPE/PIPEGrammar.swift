extension Grammar {
  /// What PIPE and bitwrap write.
  static let pipe = Self(
    rules: [
      "pnml": Rule(many: ["net", "toolspecific"]),
      "net": Rule(
        attributes: ["id", "type"], once: ["name", "graphics"],
        many: [
          "place", "transition", "arc", "token", "labels", "definition", "stategroup", "rateParameter", "annotation",
          "toolspecific",
        ]),
      "place": Rule(
        attributes: ["id"], once: ["name", "graphics", "initialMarking", "capacity", "tagged"], many: ["toolspecific"]),
      "transition": Rule(
        attributes: ["id"],
        once: ["name", "graphics", "infiniteServer", "timed", "priority", "orientation", "rate", "tagged"],
        many: ["toolspecific"]),
      "arc": Rule(
        attributes: ["id", "source", "target"], once: ["name", "graphics", "inscription", "type", "tagged"],
        many: ["arcpath", "toolspecific"]),
      "type": Rule(attributes: ["value"]),
      "name": .label, "initialMarking": .label, "capacity": .label, "inscription": .label, "timed": .label,
      "priority": .label, "infiniteServer": .label, "orientation": .label, "rate": .label, "tagged": .label,
      "text": .text, "value": .text,
    ],
    skipped: [
      "graphics", "toolspecific", "arcpath", "token", "labels", "definition", "stategroup", "rateParameter",
      "annotation",
    ])
}
