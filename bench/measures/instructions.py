"""Instructions of the processor that one call takes in the server, counted by valgrind's callgrind."""

import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile

from errors import BenchError
from result import Result
from server import CLIENT, PAYLOAD, Server, environment

WARM = 20
COUNTED = 100
# Nobody else in the session calls this: each call of it ends what was counted before it.
MARK = "pg_sleep"
CALL = "SELECT ptflow_dispatch('{net}', 'instance-' || $1, 't0', $2)"
SIZES = 10, 100, 500


def measure(bench):
    if not shutil.which("valgrind"):
        yield Result("instructions of a dispatch", None, note="valgrind is not installed")
        return
    statements = {
        "nothing": "SELECT $1, $2",
        "dispatch": CALL.format(net="ring"),
        "hand12": by_hand("hand12"),
        "hand2": by_hand("hand2"),
        "trigger": "INSERT INTO trig.events (oid, action, payload) VALUES ('instance-' || $1, 't0', $2) "
        "RETURNING to_json((hash, oid, seq)::trig.event)",
        "messages": "SELECT msg.write('ring-' || $1, 't0', $2)",
        "insert": "INSERT INTO bare.events (payload) VALUES ($2)",
        **{f"{places} places": CALL.format(net=f"ring{places}") for places in SIZES},
    }
    # A single session needs the files of a server that does not run: one of its own.
    with Server(bench.say) as server, server.database("instructions") as database:
        bench.say("instructions: making the contenders")
        database.install_ring()
        for name in "hand12", "hand2", "trigger", "messages", "insert":
            database.install_contender(name)
        for places in SIZES:
            database.install_ring(places, f"ring{places}")
        database.settle()
        counts = count_in(database, statements, lambda: bench.say("instructions: counting"))
    for name, value in counts.items():
        bench.record("instructions", name, 1, "instructions", value, "")
    how = f"EXECUTE of a prepared statement and its commit, mean of {COUNTED}"
    for other in "hand12", "hand2", "trigger", "messages", "insert":
        yield Result(
            f"instructions of a dispatch / of {other}", counts["dispatch"] / counts[other], how=how,
            note=f"{counts['dispatch']:,.0f} / {counts[other]:,.0f}, of which {counts['nothing']:,.0f} for any call",
        )
    smallest, *wider = SIZES
    for places in wider:
        few, many = counts[f"{smallest} places"], counts[f"{places} places"]
        yield Result(
            f"instructions with {places} places / {smallest} places", many / few, how=how,
            note=f"{many:,.0f} / {few:,.0f}",
        )


def by_hand(schema):
    return (
        f"WITH u AS (UPDATE {schema}.states SET p0 = p0 - 1, p1 = p1 + 1, seq = seq + 1 "
        f"WHERE id = 'instance-' || $1 AND p0 >= 1 RETURNING id, seq) "
        f"INSERT INTO {schema}.events (id, seq, action, payload) SELECT id, seq, 't0', $2 FROM u RETURNING seq"
    )


def count_in(database, statements, begin):
    """The instructions that one call of each statement takes in a database, whose server is stopped for that."""
    folder = pathlib.Path(database.value("SHOW data_directory"))
    programs = pathlib.Path(database.value("SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
    database.server.stop()
    try:
        begin()
        return count(programs / "postgres", folder, database.name, statements)
    finally:
        database.server.start()


def count(program, folder, database, statements):
    """The instructions that one call of each statement takes, in a session of the client's role."""
    lines = [f"SET SESSION AUTHORIZATION {CLIENT}"]
    mark = f"SELECT {MARK}(0)"
    instance = random.Random(1)
    for number, statement in enumerate(statements.values()):
        lines.append(f"PREPARE s{number}(text, jsonb) AS {statement}")
        for calls in WARM, COUNTED:
            lines += [f"EXECUTE s{number}('{instance.randint(1, 20_000)}', '{PAYLOAD}')" for _ in range(calls)] + [mark]
    lines.append(mark)  # what a mark takes is between the last two
    owner = folder.stat()
    with tempfile.TemporaryDirectory(prefix="ptflow-bench-") as out:
        os.chown(out, owner.st_uid, owner.st_gid)
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}/part", f"--dump-before={MARK}"]
        command += [program, "--single", "-j", "-D", folder, database]
        # As whoever owns the files: PostgreSQL refuses root.
        own = {} if os.geteuid() else {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        done = subprocess.run(
            [*map(str, command)], input="".join(f"{line};\n\n" for line in lines), cwd=out, env=environment(),
            capture_output=True, text=True, errors="replace", **own,
        )
        errors = [line for line in done.stderr.splitlines() if "ERROR:" in line or "FATAL:" in line]
        if done.returncode != 0 or errors:
            raise BenchError(f"callgrind: {(errors or done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
        parts = {int(file.suffix[1:]): total(file) for file in pathlib.Path(out).glob("part.*")}
    of_mark = parts[2 * len(statements) + 1]
    return {name: (parts[2 * index + 2] - of_mark) / COUNTED for index, name in enumerate(statements)}


def total(file):
    """What a part counted, in callgrind's format."""
    return int(re.search(r"^(?:summary|totals): (\d+)", file.read_text(), re.MULTILINE)[1])
