"""Instructions that guards and schemas of payloads add to a dispatch, counted by valgrind's callgrind."""

import json
import shutil

from measures.instructions import count_in
from result import Result
from server import Server

SCHEMA = {
    "type": "object", "required": ["amount"],
    "properties": {
        "amount": {"type": "number", "minimum": 0.01}, "note": {"type": "string"}, "by": {"type": "string"},
    },
}

# What a transition asks besides its tokens. All have a schema for the payload, whose cost is that of the first.
GUARDS = {
    "a schema of three members": None,
    "tokens.p0 > 1000": "tokens.p0 > 1000",
    "payload.amount >= 10.00": "payload.amount >= 10.00",
    "payload.by == 'somebody'": "payload.by == 'somebody'",
    "size(payload.note) < 100": "size(payload.note) < 100",
    "now > timestamp(...)": "now > timestamp('2020-01-01T00:00:00Z')",
    "payload.amount * 2 + 1 < 100": "payload.amount * 2 + 1 < 100",
    "two of them by &&": "payload.amount >= 10.00 && tokens.p0 > 1000",
}


def measure(bench):
    if not shutil.which("valgrind"):
        yield Result("instructions of a guard", None, note="valgrind is not installed")
        return
    payload = '$2 || \'{"amount": 12.5}\''
    statements = {}
    # A single session needs the files of a server that does not run: one of its own.
    with Server(bench.say) as server, server.database("guards") as database:
        bench.say("guards: installing nets")
        for number, (name, guard) in enumerate([("plain", None), *GUARDS.items()]):
            net = f"guarded{number}"
            transition = {"takes": "p0", "gives": "p1"}
            if name != "plain":
                transition["payload"] = SCHEMA
            if guard:
                transition["when"] = guard
            database.install_net(
                net, json.dumps({"places": {"p0": 1_000_000_000, "p1": 0}, "transitions": {"t0": transition}}),
                suffix=".ptflow.yaml",
            )
            statements[name] = f"SELECT ptflow_dispatch('{net}', 'instance-' || $1, 't0', {payload})"
        counts = count_in(database, statements, lambda: bench.say("guards: counting"))
    schema = counts["a schema of three members"]
    for name, guard in GUARDS.items():
        value = counts[name] - (schema if guard else counts["plain"])
        bench.record("guards", name, 1, "instructions", value, "")
        yield Result(f"instructions of {name}", value, note=f"of {counts[name]:,.0f} in all")
