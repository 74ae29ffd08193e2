"""How long it takes to install 100 nets of 20 places, and to install them again when nothing has changed."""

import statistics
import tempfile
import time

import nets
from result import AtMost, Result

NETS = 100
PLACES = 20


def measure(bench):
    rounds = min(bench.options.rounds, 3)
    times = {"install": [], "again": []}
    with tempfile.TemporaryDirectory(prefix="ptflow-bench-") as folder:
        nets.write_rings(folder, NETS, PLACES)
        for round_number in range(1, rounds + 1):
            with bench.server.database("install") as database:
                for what, taken in times.items():
                    bench.say(f"install: round {round_number} of {rounds}, {what}")
                    begin = time.perf_counter()
                    database.ptflow("install", folder)
                    taken.append(time.perf_counter() - begin)
                    bench.record("install", what, round_number, "time", taken[-1], "s")
    titles = {"install": f"install of {NETS} nets of {PLACES} places", "again": "install again, nothing changed"}
    for what, goal in ("install", AtMost(10)), ("again", AtMost(1)):
        taken = times[what]
        yield Result(
            titles[what], statistics.median(taken), goal, "s", min(taken), max(taken), f"{rounds} new databases"
        )
