"""Results as lines to read and as CSV."""

import csv

from result import number
from server import ROOT

RESULTS = ROOT / "bench" / "results"

RAW_COLUMNS = ["measure", "contender", "round", "quantity", "value", "unit", "clients", "synchronous_commit"]
COLUMNS = ["measure", "what", "goal", "value", "low", "high", "unit", "measured", "verdict", "how", "note"]

# What has to be known of a run, as further columns of its results.
ABOUT = ["date", "commit", "postgresql", "machine", "load", "settings", "swift"]


def show(name, results):
    """Prints the results of a measure."""
    for result in results:
        verdict = result.verdict.strip("*")
        print(f"{name:11} {result.what:58} {measured(result):>22}  {result.aim:11} {verdict}")
        for more in result.how, result.note:
            if more:
                print(f"{'':11}   {more}")
    print(flush=True)


def measured(result):
    """The figure with its spread."""
    if result.value is None:
        return "–"
    unit = f" {result.unit}" if result.unit else ""
    spread = "" if result.low is None else f" ({number(result.low)}–{number(result.high)})"
    return f"{number(result.value)}{unit}{spread}"


def store(name, results, raw, about):
    """Writes the results and the raw data of a measure; `about` has the values of ABOUT."""
    folder = RESULTS / about["postgresql"].split(".")[0]  # a folder a major version
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / f"{name}.csv", RAW_COLUMNS, raw)
    rows = [
        [
            name, result.what, result.aim, "" if result.value is None else f"{result.value:.6g}",
            *("" if bound is None else f"{bound:.6g}" for bound in (result.low, result.high)),
            result.unit, measured(result), result.verdict, result.how, result.note, *(about[key] for key in ABOUT),
        ]
        for result in results
    ]
    write(folder / f"{name}.results.csv", [*COLUMNS, *ABOUT], rows)


def write(path, columns, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))
