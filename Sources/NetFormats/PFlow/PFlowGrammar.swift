extension Grammar {
  /// What PNEditor writes. The texts of a subnet and of the document are of the drawing.
  static let pflow = Self(
    rules: [
      "document": Rule(once: drawing + ["subnet", "rootSubnet", "roles"]),
      "subnet": subnet, "rootSubnet": subnet,
      "place": Rule(once: drawing + ["tokens", "isStatic", "capacity"]),
      "transition": Rule(once: drawing),
      "referencePlace": Rule(once: drawing + ["connectedPlaceId", "tokens", "isStatic", "capacity"]),
      "arc": Rule(
        once: ["id", "type", "sourceId", "destinationId", "realSourceId", "realDestinationId", "multiplicity"],
        many: ["breakPoint"]),
      "roles": Rule(many: ["role"]),
      "role": Rule(once: ["id", "name", "createCase", "destroyCase"], many: ["transitionId"]),
      "id": .text, "x": .text, "y": .text, "label": .text, "left": .text, "top": .text,
      "tokens": .text, "isStatic": .text, "capacity": .text, "connectedPlaceId": .text,
      "type": .text, "sourceId": .text, "destinationId": .text, "realSourceId": .text, "realDestinationId": .text,
      "multiplicity": .text, "name": .text, "createCase": .text, "destroyCase": .text, "transitionId": .text,
    ],
    skipped: ["breakPoint", "referenceArc"])

  private static let drawing = ["id", "x", "y", "label", "left", "top"]
  private static let subnet = Rule(
    once: drawing, many: ["place", "transition", "arc", "subnet", "referencePlace", "referenceArc"])
}
