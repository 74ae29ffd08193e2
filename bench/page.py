"""The page that is made of all recorded results: docs/performance.md with its plots."""

import re

import measures
import plots
from report import ABOUT, RESULTS, read
from server import ROOT

PAGE = ROOT / "docs" / "performance.md"
PLOTS = ROOT / "docs" / "performance"

GENERATED = re.compile(r"(<!-- results: written by make bench -->\n).*?(<!-- end -->)", re.DOTALL)


def write():
    """Makes the generated part of the page anew: a section for each major version of PostgreSQL."""
    folders = sorted((folder for folder in RESULTS.iterdir() if folder.is_dir()), key=lambda folder: int(folder.name))
    text = "\n".join(line for folder in folders for line in section(folder))
    PAGE.write_text(GENERATED.sub(lambda match: match[1] + text + match[2], PAGE.read_text()))


def section(folder):
    results, raw = recorded(folder, ".results.csv"), recorded(folder, ".csv")
    yield f"### PostgreSQL {folder.name}\n"
    yield from [*table(results), "", *notes(results), "", *runs(results), "", *pictures(raw, folder.name)]


def recorded(folder, suffix):
    """The rows of each measure that was recorded, in the order of the measures."""
    paths = {name: folder / f"{name}{suffix}" for name in measures.BY_NAME}
    return {name: read(path) for name, path in paths.items() if path.exists()}


def table(results):
    yield "| measure | | goal | measured (spread) | |"
    yield "|---|---|---|---|---|"
    for name, rows in results.items():
        for row in rows:
            what = f"{row['what']}; {row['how']}" if row["how"] else row["what"]
            yield f"| {name} | {what} | {row['goal']} | {row['measured']} | {row['verdict']} |"


def notes(results):
    yield "The medians behind the ratios, and what else was seen:\n"
    for name, rows in results.items():
        for row in rows:
            if row["note"]:
                yield f"- {name}, {', '.join(filter(None, (row['what'], row['how'])))}: {row['note']}"


def runs(results):
    """The circumstances of each run, with the measures that were taken in it."""
    found = {}
    for name, rows in results.items():
        # Runs that were recorded before a circumstance was have none.
        found.setdefault(tuple(rows[0].get(key, "") for key in ABOUT), []).append(name)
    for about, names in found.items():
        date, commit, version, machine, load, settings, swift = about
        yield f"Run of {date} ({', '.join(names)}): commit {commit}, PostgreSQL {version} with {settings}; {machine}; "
        yield f"load before it {load}{f'; compiled by {swift}' if swift else ''}.\n"


def pictures(raw, version):
    (PLOTS / version).mkdir(parents=True, exist_ok=True)
    for name, title, svg in plots.all_of(raw):
        (PLOTS / version / f"{name}.svg").write_text(svg)
        yield f"![PostgreSQL {version}: {title}](performance/{version}/{name}.svg)\n"
