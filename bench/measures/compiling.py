"""How long a net of 10,000 places and 10,000 transitions takes to become SQL, or to be refused."""

import statistics
import subprocess
import tempfile
import time

import nets
from errors import BenchError
from result import AtMost, Result
from server import PTFLOW, environment

PLACES = 10_000


def measure(bench):
    with tempfile.NamedTemporaryFile("w", suffix=".pnml") as file:
        file.write(nets.ring(PLACES))
        file.flush()
        seconds = []
        for round_number in range(1, bench.options.rounds + 1):
            bench.say(f"compiling: round {round_number} of {bench.options.rounds}")
            begin = time.perf_counter()
            done = subprocess.run([PTFLOW, "compile", file.name], env=environment(), capture_output=True, text=True)
            seconds.append(time.perf_counter() - begin)
            bench.record("compiling", "compile", round_number, "time", seconds[-1], "s")
        if done.returncode not in (0, 1):
            raise BenchError(f"ptflow compile ended with {done.returncode}: {done.stderr[-2000:]}")
        refusal = done.stderr.strip().splitlines()
        outcome = f"{len(done.stdout):,} bytes of SQL"
        if done.returncode == 1:
            outcome = f"refused: {refusal[0].split('error: ')[-1]}"
        yield Result(
            f"compile of {PLACES:,} places and transitions", statistics.median(seconds), AtMost(1), "s",
            min(seconds), max(seconds), f"{len(seconds)} times", outcome,
        )
