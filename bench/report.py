"""Results as tables and CSV, and the page that is made of them: docs/performance.md with its plots."""

import csv
import re

import measures
import plots
from result import number
from server import ROOT

RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "performance.md"

RAW_COLUMNS = ["measure", "contender", "round", "quantity", "value", "unit", "clients", "synchronous_commit"]
COLUMNS = ["measure", "what", "goal", "value", "low", "high", "unit", "verdict", "how", "note"]


def show(name, results):
    """Prints the results of a measure."""
    for result in results:
        print(f"{name:11} {result.what:58} {measured(result):>22}  {str(result.goal or ''):8} {result.verdict.strip('*')}")
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
    """Writes the results and the raw data of a measure."""
    RESULTS.mkdir(exist_ok=True)
    write(RESULTS / f"{name}.csv", RAW_COLUMNS, raw)
    rows = [
        [
            name, result.what, result.goal or "", "" if result.value is None else f"{result.value:.6g}",
            *("" if bound is None else f"{bound:.6g}" for bound in (result.low, result.high)),
            result.unit, measured(result), result.verdict, result.how, result.note, *about.values(),
        ]
        for result in results
    ]
    write(RESULTS / f"{name}.results.csv", [*COLUMNS[:7], "measured", *COLUMNS[7:], *about], rows)


def write(path, columns, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def write_docs():
    """Makes the generated parts of the page anew, from all results that there are."""
    found = {name: read(path) for name in measures.BY_NAME if (path := RESULTS / f"{name}.results.csv").exists()}
    lines = ["| measure | | goal | measured (spread) | |", "|---|---|---|---|---|"]
    notes = []
    for name, rows in found.items():
        for row in rows:
            goal, verdict = row["goal"], row["verdict"]
            lines.append(f"| {name} | {row['what']}; {row['how']} | {goal} | {row['measured']} | {verdict} |")
            if row["note"]:
                notes.append(f"- {name}, {row['what']}, {row['how']}: {row['note']}")
    lines += ["", "Medians of the rounds, and other circumstances:", "", *notes, ""]
    for about in sorted({tuple(row[key] for key in ABOUT) for rows in found.values() for row in rows[:1]}):
        names = [name for name, rows in found.items() if tuple(rows[0][key] for key in ABOUT) == about]
        date, commit, version, machine, load, settings = about
        lines.append(
            f"{', '.join(names)}: {date}, commit {commit}, PostgreSQL {version} with {settings}; {machine}; "
            f"load before the run {load}.\n"
        )
    raw = {name: read(path) for name in measures.BY_NAME if (path := RESULTS / f"{name}.csv").exists()}
    for name, title, svg in plots.all_of(raw):
        (PAGE.parent / "performance").mkdir(exist_ok=True)
        (PAGE.parent / "performance" / f"{name}.svg").write_text(svg)
        lines.append(f"![{title}](performance/{name}.svg)\n")
    text = "\n".join(lines).rstrip() + "\n"
    page = PAGE.read_text()
    pattern = r"(<!-- results: written by make bench -->\n).*?(<!-- end -->)"
    if not re.search(pattern, page, re.DOTALL):
        raise SystemExit(f"bench: {PAGE} lacks the two comments between which the results stand")
    PAGE.write_text(re.sub(pattern, lambda match: match[1] + text + match[2], page, flags=re.DOTALL))


ABOUT = ["date", "commit", "postgresql", "machine", "load before", "settings"]
