/// The JSON Schema (2020-12) of the native format: what an editor needs to complete keys and to mark mistakes.
///
/// It says what stands where. What only the whole net shows (unknown roles, variables without values, names given twice) is
/// found by the reader. The same text is `docs/ptflow.schema.json`.
public let nativeSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ptflow net",
    "description": "A Petri net in ptflow's own format, *.ptflow.yaml.",
    "type": ["object", "null"],
    "additionalProperties": false,
    "properties": {
      "net": {
        "description": "The name under which the net is installed; by default the name of the file.",
        "type": "string",
        "minLength": 1
      },
      "about": {"$ref": "#/$defs/about"},
      "keeps": {
        "description": "states: the current states of all instances are kept in a table.",
        "const": "states"
      },
      "roles": {
        "description": "Who may fire transitions. With this section, transitions name no others.",
        "type": ["object", "null"],
        "propertyNames": {"minLength": 1},
        "additionalProperties": {"$ref": "#/$defs/role"}
      },
      "places": {
        "description": "What holds tokens. A place that only arcs name begins empty.",
        "type": ["object", "null"],
        "propertyNames": {"minLength": 1},
        "additionalProperties": {"$ref": "#/$defs/place"}
      },
      "transitions": {
        "description": "What can happen.",
        "type": ["object", "null"],
        "propertyNames": {"minLength": 1},
        "additionalProperties": {"$ref": "#/$defs/transition"}
      },
      "ends": {
        "description": "The final markings; by default one token in a place that nothing is taken from.",
        "oneOf": [
          {"type": "null"},
          {"$ref": "#/$defs/end"},
          {"type": "array", "items": {"$ref": "#/$defs/end"}}
        ]
      },
      "laws": {
        "description": "Equations and inequalities of tokens, which must be proved: stock + packed <= 100.",
        "$ref": "#/$defs/statements"
      },
      "require": {
        "description": "What must be proved: bounded, sound, or a property of runs, AG (asked >= 1 -> AF answered >= 1).",
        "$ref": "#/$defs/statements"
      }
    },
    "$defs": {
      "about": {
        "description": "What it is, in prose.",
        "type": ["string", "number", "boolean", "null"]
      },
      "name": {"type": "string", "minLength": 1},
      "statements": {
        "oneOf": [
          {"type": "null"},
          {"$ref": "#/$defs/name"},
          {"type": "array", "items": {"$ref": "#/$defs/name"}}
        ]
      },
      "end": {
        "oneOf": [
          {"description": "The place that holds the only token.", "$ref": "#/$defs/name"},
          {
            "description": "Places with their tokens, or any; all others are empty.",
            "type": "object",
            "propertyNames": {"minLength": 1},
            "properties": {"for": {"oneOf": [{"$ref": "#/$defs/for"}, {"$ref": "#/$defs/tokens"}, {"const": "any"}]}},
            "additionalProperties": {"oneOf": [{"$ref": "#/$defs/tokens"}, {"const": "any"}]}
          }
        ]
      },
      "role": {
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": {
          "creates": {"description": "Whether it may make instances.", "type": "boolean"},
          "destroys": {"description": "Whether it may destroy instances.", "type": "boolean"},
          "for": {"$ref": "#/$defs/for"}
        }
      },
      "place": {
        "oneOf": [
          {"type": "null"},
          {"description": "The tokens that it begins with.", "$ref": "#/$defs/tokens"},
          {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "start": {"description": "The tokens that it begins with; 0 by default.", "$ref": "#/$defs/tokens"},
              "capacity": {"description": "The most tokens that it holds.", "$ref": "#/$defs/weight"},
              "about": {"$ref": "#/$defs/about"},
              "for": {"$ref": "#/$defs/for"}
            }
          }
        ]
      },
      "transition": {
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": {
          "by": {
            "description": "The roles that may fire it; by default the role default.",
            "oneOf": [{"$ref": "#/$defs/name"}, {"type": "array", "items": {"$ref": "#/$defs/name"}}]
          },
          "takes": {"description": "The tokens that it needs and takes.", "$ref": "#/$defs/weights"},
          "gives": {"description": "The tokens that it puts.", "$ref": "#/$defs/weights"},
          "reads": {"description": "The tokens that it needs and leaves.", "$ref": "#/$defs/weights"},
          "unless": {"description": "It fires only where fewer tokens are.", "$ref": "#/$defs/weights"},
          "resets": {"description": "The places that it empties.", "$ref": "#/$defs/resets"},
          "payload": {
            "description": "What its payload has to be: a JSON Schema (2020-12).",
            "type": ["object", "boolean"]
          },
          "when": {
            "description": "What has to be true besides, in CEL: payload.amount >= 10.00.",
            "type": ["string", "boolean"]
          },
          "about": {"$ref": "#/$defs/about"},
          "for": {"$ref": "#/$defs/for"}
        }
      },
      "tokens": {"type": "integer", "minimum": 0, "maximum": 9223372036854775807},
      "weight": {"type": "integer", "minimum": 1, "maximum": 9223372036854775807},
      "weights": {
        "description": "A place, a list of places, which add up, or a map of places to weights.",
        "oneOf": [
          {"type": "null"},
          {"$ref": "#/$defs/name"},
          {"type": "array", "items": {"$ref": "#/$defs/name"}},
          {
            "type": "object",
            "propertyNames": {"minLength": 1},
            "properties": {"for": {"oneOf": [{"$ref": "#/$defs/for"}, {"$ref": "#/$defs/weight"}]}},
            "additionalProperties": {"$ref": "#/$defs/weight"}
          }
        ]
      },
      "resets": {
        "description": "A place, a list of places, or a map of places, each with a 1.",
        "oneOf": [
          {"type": "null"},
          {"$ref": "#/$defs/name"},
          {"type": "array", "items": {"$ref": "#/$defs/name"}},
          {
            "type": "object",
            "propertyNames": {"minLength": 1},
            "properties": {"for": {"oneOf": [{"$ref": "#/$defs/for"}, {"const": 1}]}},
            "additionalProperties": {"const": 1}
          }
        ]
      },
      "for": {
        "description": "Repeats it for each combination of the variables, which stand in braces in its name: {row}.",
        "oneOf": [
          {"$ref": "#/$defs/variables"},
          {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/variables"}}
        ]
      },
      "variables": {
        "type": "object",
        "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
        "additionalProperties": {
          "description": "A list of values, a range of numbers, 1..9, or one value.",
          "oneOf": [
            {"$ref": "#/$defs/value"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/value"}}
          ]
        }
      },
      "value": {
        "oneOf": [{"$ref": "#/$defs/name"}, {"type": "integer", "minimum": 0}]
      }
    }
  }

  """#
