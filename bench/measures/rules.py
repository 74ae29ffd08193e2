"""Instructions that each keyword of a schema takes of a valid document, counted by valgrind's callgrind."""

import json
import pathlib
import shutil
import tempfile

from measures.instructions import count_in
from result import Result
from server import CLIENT, Server

# Each keyword on the member v of a document in which it holds.
KEYWORDS = {
    "type": ({"type": "string"}, "abc"),
    "type integer": ({"type": "integer"}, 12),
    "enum of 3": ({"enum": ["a", "b", "abc"]}, "abc"),
    "const": ({"const": "abc"}, "abc"),
    "minimum": ({"minimum": 10}, 12.5),
    "multipleOf": ({"multipleOf": 0.01}, 12.5),
    "minLength": ({"minLength": 1}, "abc"),
    "pattern": ({"pattern": "^[a-z]+$"}, "abc"),
    "format date": ({"format": "date"}, "2026-11-27"),
    "format date-time": ({"format": "date-time"}, "2026-11-27T17:00:00Z"),
    "format uuid": ({"format": "uuid"}, "2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
    "format email": ({"format": "email"}, "ann@example.com"),
    "format uri": ({"format": "uri"}, "https://example.com/a?b=c"),
    "minItems": ({"minItems": 1}, [1, 2, 3]),
    "uniqueItems, 3 items": ({"uniqueItems": True}, [1, 2, 3]),
    "items, 3 items": ({"items": {"type": "number"}}, [1, 2, 3]),
    "items, 30 items": ({"items": {"type": "number"}}, list(range(30))),
    "contains, 3 items": ({"contains": {"type": "number"}}, [1, 2, 3]),
    "required, 1 name": ({"required": ["a"]}, {"a": 1, "b": 2}),
    "properties, 1 name": ({"properties": {"a": {"type": "number"}}}, {"a": 1, "b": 2}),
    "minProperties": ({"minProperties": 1}, {"a": 1, "b": 2}),
    "additionalProperties, none there": (
        {"properties": {"a": {}, "b": {}}, "additionalProperties": False}, {"a": 1, "b": 2}),
    "additionalProperties, 2 there": ({"additionalProperties": {"type": "number"}}, {"a": 1, "b": 2}),
    "patternProperties, 2 there": ({"patternProperties": {"^[a-z]$": {"type": "number"}}}, {"a": 1, "b": 2}),
    "anyOf of 2": ({"anyOf": [{"type": "string"}, {"type": "number"}]}, 12),
    "oneOf of 2": ({"oneOf": [{"type": "string"}, {"type": "number"}]}, 12),
    "not": ({"not": {"type": "string"}}, 12),
    "if, then": ({"if": {"type": "number"}, "then": {"minimum": 1}}, 12),
}


def measure(bench):
    if not shutil.which("valgrind"):
        yield Result("instructions of a keyword", None, note="valgrind is not installed")
        return
    statements = {}
    with Server(bench.say) as server, server.database("rules") as database:
        bench.say("rules: making the functions")
        database.execute(f"CREATE SCHEMA rules; GRANT USAGE ON SCHEMA rules TO {CLIENT}")
        for number, (name, (schema, value)) in enumerate(KEYWORDS.items()):
            # What is compared with looks the member up as well, for a rule that is for values of another type.
            none = {"minItems": 1} if isinstance(value, str) else {"minLength": 1}
            for kind, rules in ("rule", {**none, **schema}), ("none", none):
                make(database, f"{kind}_{number}", {"properties": {"v": rules}})
                document = json.dumps({"v": value})
                statements[f"{name}: {kind}"] = f"SELECT rules.{kind}_{number}($2 || '{document}')"
        counts = count_in(database, statements, lambda: bench.say("rules: counting"))
    for name in KEYWORDS:
        value = counts[f"{name}: rule"] - counts[f"{name}: none"]
        bench.record("rules", name, 1, "instructions", value, "")
        yield Result(f"instructions of the keyword {name}", value)


def make(database, name, schema):
    """Makes the function of a schema."""
    with tempfile.TemporaryDirectory(prefix="ptflow-bench-") as folder:
        file = pathlib.Path(folder) / "schema.json"
        file.write_text(json.dumps(schema))
        function = database.ptflow("validate", "--schema", file, "--sql")
    database.execute(function.replace("CREATE FUNCTION failures(", f"CREATE FUNCTION rules.{name}(", 1))
