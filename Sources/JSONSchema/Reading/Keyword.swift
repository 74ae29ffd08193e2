/// What is known of the keywords of JSON Schema 2020-12.
enum Keyword {
  /// How a keyword holds schemas.
  enum Holding { case schema, list, map }

  /// The keywords whose values are schemas or hold some.
  static let holding: [String: Holding] = [
    "additionalProperties": .schema, "contains": .schema, "else": .schema, "if": .schema, "items": .schema,
    "not": .schema, "propertyNames": .schema, "then": .schema, "unevaluatedItems": .schema,
    "unevaluatedProperties": .schema, "contentSchema": .schema,
    "allOf": .list, "anyOf": .list, "oneOf": .list, "prefixItems": .list,
    "$defs": .map, "definitions": .map, "dependentSchemas": .map, "patternProperties": .map, "properties": .map,
  ]

  /// The keywords that are refused, with what can be done instead.
  static let refused: [String: String] = [
    "$dynamicRef": "Use $ref.",
    "$recursiveRef": "Use $ref.",
    "unevaluatedItems": "Use items, which holds for all items that prefixItems leaves.",
    "unevaluatedProperties": "Use additionalProperties, and name all members in the properties beside it.",
  ]
}
