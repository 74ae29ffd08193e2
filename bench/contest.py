"""Contenders alternate in short rounds on one server; what counts is the ratio of their medians."""

import dataclasses
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable

from errors import BenchError
from server import CONTENDERS, PAYLOAD, environment

QUANTILES = {"p50": 0.50, "p90": 0.90, "p99": 0.99, "p99.9": 0.999}


@dataclasses.dataclass(frozen=True)
class Contender:
    """A script of pgbench and the database in which it runs.

    One pass of the script is `calls` calls. `prepare(database, seconds)` is called before each round.
    """

    name: str
    database: object
    script: str
    calls: int = 1
    variables: dict = dataclasses.field(default_factory=dict)
    prepare: Callable = lambda database, seconds: None


class Contest:
    """Runs contenders, and keeps what came of it round by round.

    `rates[name]` are calls a second, `latencies[name][quantile]` milliseconds.
    """

    def __init__(self, bench, measure, clients=None, durable=True, seconds=None, rounds=None, latencies=False):
        self.bench = bench
        self.measure = measure
        self.clients = clients or bench.options.clients
        self.durable = durable
        self.seconds = seconds or bench.options.seconds
        self.rounds = rounds or bench.options.rounds
        self.wants_latencies = latencies
        self.rates = {}
        self.latencies = {}

    @property
    def how(self):
        """What has to be known of the circumstances."""
        clients = "1 client" if self.clients == 1 else f"{self.clients} clients"
        durability = "durable" if self.durable else "synchronous_commit off"
        return f"{clients}, {durability}, {self.rounds} × {self.seconds} s"

    def run(self, contenders):
        """All rounds, after a second each that is not counted. Every other round goes backwards, so that a drift of
        the machine is shared."""
        for contender in contenders:
            self._pgbench(contender, seconds=1)
        for round_number in range(1, self.rounds + 1):
            order = contenders if round_number % 2 else list(reversed(contenders))
            for contender in order:
                self.bench.say(f"{self.measure}: round {round_number} of {self.rounds}, {contender.name}")
                self.take(contender, round_number)
        return self

    def take(self, contender, round_number):
        """One round of one contender."""
        rate, latencies = self._pgbench(contender, self.seconds)
        self.rates.setdefault(contender.name, []).append(rate)
        self._record(contender.name, round_number, "rate", rate, "1/s")
        for quantile, value in latencies.items():
            self.latencies.setdefault(contender.name, {}).setdefault(quantile, []).append(value)
            self._record(contender.name, round_number, quantile, value, "ms")

    def ratio(self, name, to):
        """The ratio of the medians of two rates, and the least and the greatest ratio of a round."""
        return ratio(self.rates[name], self.rates[to])

    def latency_ratio(self, name, to, quantile):
        """The same for a quantile of the latencies."""
        return ratio(self.latencies[name][quantile], self.latencies[to][quantile])

    def median(self, name):
        """The median rate of a contender."""
        return statistics.median(self.rates[name])

    def note(self, *names):
        """The median rates, for a table."""
        return ", ".join(f"{name} {self.median(name):,.0f}/s" for name in names)

    def _record(self, contender, round_number, quantity, value, unit):
        durability = "on" if self.durable else "off"
        self.bench.record(self.measure, contender, round_number, quantity, value, unit, self.clients, durability)

    def _pgbench(self, contender, seconds):
        contender.prepare(contender.database, seconds)
        variables = {"net": "ring", "instances": 20_000, "payload": PAYLOAD} | contender.variables
        with tempfile.TemporaryDirectory(prefix="ptflow-bench-") as folder:
            command = [program("pgbench"), "-n", "-M", "prepared", "-c", self.clients, "-j", min(self.clients, 2)]
            command += ["-T", seconds, "-f", CONTENDERS / f"{contender.script}.pgbench"]
            command += [f"--define={name}={value}" for name, value in variables.items()]
            if self.wants_latencies:
                command += ["--log", f"--log-prefix={folder}/log"]
            options = f"-c synchronous_commit={'on' if self.durable else 'off'}"
            done = subprocess.run(
                [*map(str, command), contender.database.client],
                env=environment(PGOPTIONS=options), capture_output=True, text=True,
            )
            found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
            if done.returncode != 0 or not found:
                raise BenchError(f"{contender.name}: {first_error(done.stderr)}")
            return float(found[1]) * contender.calls, quantiles(pathlib.Path(folder))


def ratio(values, others):
    """The ratio of the medians of two series of rounds, with the least and the greatest ratio of one round."""
    each = [value / other for value, other in zip(values, others)]
    return statistics.median(values) / statistics.median(others), min(each), max(each)


def quantiles(folder):
    """Quantiles of the latencies that pgbench logged, in milliseconds; nothing when it logged nothing."""
    latencies = sorted(int(line.split()[2]) / 1000 for file in folder.iterdir() for line in file.open())
    if not latencies:
        return {}
    return {name: latencies[min(len(latencies) - 1, int(q * len(latencies)))] for name, q in QUANTILES.items()}


def first_error(text):
    """What pgbench said first: the clients that end all say the same."""
    errors = [line for line in text.splitlines() if "ERROR:" in line or "FATAL:" in line]
    return (errors or text.strip().splitlines() or ["pgbench gave no reason"])[0]


def program(name):
    """A program of PostgreSQL: the one in PG_BIN where that is set, as for ptflow."""
    beside = pathlib.Path(os.environ.get("PG_BIN", "/nowhere")) / name
    return beside if beside.exists() else name
