"""Markings a second of the explorer beside the plain one in Swift, and how long semiflows and bounds take."""

import csv
import json
import statistics
import subprocess

from errors import BenchError
from result import AtLeast, AtMost, Result
from server import ROOT, environment

PROGRAM = ROOT / ".build" / "release" / "bench-explorer"
SHARED = ROOT.parent / "shared" / "nets"
# Bounds are asked of all nets with fewer places than this.
BOUNDED_BELOW = 300


def measure(bench):
    nets = known_nets()
    if not nets:
        yield Result("explorer", None, note=f"no nets of the Model Checking Contest in {SHARED}")
        return
    if not PROGRAM.exists():
        raise BenchError(f"there is no {PROGRAM.relative_to(ROOT)}: swift build -c release --product bench-explorer")
    for row in nets:
        if row["size"] != "core":
            yield from explored(bench, row)
    yield from analysed(bench, nets)


def known_nets():
    """The nets with known answers, which are not part of this repository; none when they are not beside it."""
    answers = SHARED / "mcc" / "answers.csv"
    if not answers.exists():
        return []
    with answers.open(newline="") as file:
        return list(csv.DictReader(file))


def explored(bench, row):
    """One large net: the explorer and the plain one, in turn."""
    rounds = take_rounds(bench, row, "explore")
    if any(round["markings"] != int(row["states"]) for round in rounds):
        raise BenchError(f"{row['model']} has {row['states']} markings, not {rounds[0]['markings']}")
    places, transitions = int(row["places"]), int(row["transitions"])
    about = f"{row['model']} ({places}/{transitions})"
    how = f"processor's time, {len(rounds)} rounds"

    def millions(what, seconds):
        return [round[what] / round[seconds] / 1e6 for round in rounds]

    plain = millions("plain_firings", "plain_seconds")
    yield of(
        f"firings a second / those of the plain explorer, {about}",
        [fast / slow for fast, slow in zip(millions("firings", "seconds"), plain)], AtLeast(20), how=how,
        note=f"{rounds[0]['markings']:,.0f} markings, {rounds[0]['firings']:,.0f} firings; "
        f"plain {statistics.median(plain):.2f} million firings/s",
    )
    # The goals of speed are for nets up to 100 places.
    small = places <= 100
    for what, goal in ("markings", 1), ("firings", 15):
        yield of(
            f"{what} a second, {about}", millions(what, "seconds"), AtLeast(goal) if small else None, "million",
            how=how,
        )
    yield Result(f"bytes a marking, {about}", rounds[0]["bytes"] / rounds[0]["markings"], AtMost(40), "bytes")


def analysed(bench, nets):
    """All nets: what their arcs alone prove."""
    rounds = {row["model"]: take_rounds(bench, row, "analyse") for row in nets}
    core = [row["model"] for row in nets if row["size"] == "core"]
    small = [row["model"] for row in nets if int(row["places"]) < BOUNDED_BELOW]

    def slowest(what, models, unit):
        medians = {model: statistics.median(round[what] for round in rounds[model]) * unit for model in models}
        model = max(medians, key=medians.get)
        values = [round[what] * unit for round in rounds[model]]
        return values, f"the slowest of {len(models)}: {model}; median of all {statistics.median(medians.values()):.2f}"

    how = f"processor's time, {bench.options.rounds} rounds"
    gave_up = [model for model in core if not rounds[model][0]["semiflows_complete"]]
    values, note = slowest("semiflow_seconds", core, 1000)
    note += f"; gave up: {', '.join(gave_up)}" if gave_up else "; all found"
    yield of("minimal P- and T-semiflows of a core net", values, AtMost(50), "ms", how=how, note=note)
    values, note = slowest("bound_seconds", small, 1)
    yield of(f"bounds of all places, nets below {BOUNDED_BELOW} places", values, AtMost(1), "s", how=how, note=note)


def take_rounds(bench, row, what):
    """So many runs of the program on one net."""
    rounds = []
    for number in range(1, bench.options.rounds + 1):
        bench.say(f"explorer: {what} {row['model']}, round {number} of {bench.options.rounds}")
        done = subprocess.run(
            [PROGRAM, what, SHARED / "mcc" / row["file"]], env=environment(), capture_output=True, text=True
        )
        if done.returncode != 0:
            raise BenchError(f"bench-explorer {what} {row['file']}: {done.stderr.strip()[-2000:]}")
        figures = json.loads(done.stdout)
        for quantity, value in figures.items():
            bench.record("explorer", row["model"], number, quantity, value, "s" if "seconds" in quantity else "")
        rounds.append(figures)
    return rounds


def of(what, values, goal, unit="", **more):
    """The median of single rounds with their extremes."""
    return Result(what, statistics.median(values), goal, unit, min(values), max(values), **more)
