"""MB a second of the readers, beside pm4py's, and whether they take linear time up to 100,000 nodes."""

import json
import pathlib
import statistics
import subprocess
import tempfile

import nets
from errors import BenchError
from result import AtLeast, AtMost, Result
from server import PTFLOW, ROOT, environment

PROGRAM = ROOT / ".build" / "release" / "bench-explorer"
PM4PY = ROOT / ".tools" / "pm4py" / "bin" / "python"
# Half of the nodes are places.
SMALL, LARGE = 5_000, 50_000
WRITTEN = ["ptflow.yaml", "pnml", "pflow", "jsonld", "net", "lola"]

IMPORT = """
import sys, time
from pm4py.objects.petri_net.importer.variants.pnml import import_net
begin = time.process_time()
import_net(sys.argv[1])
print(time.process_time() - begin)
"""


def measure(bench):
    if not PROGRAM.exists():
        raise BenchError(f"there is no {PROGRAM.relative_to(ROOT)}: swift build -c release --product bench-explorer")
    rounds = bench.options.rounds
    how = f"processor's time, {rounds} rounds"
    with tempfile.TemporaryDirectory(prefix="ptflow-bench-") as folder:
        files = {places: write(pathlib.Path(folder), places) for places in (SMALL, LARGE)}
        for name, file in files[LARGE].items():
            bench.say(f"reading: {file.name}")
            megabytes = file.stat().st_size / 1e6
            large = [ours(file) for _ in range(rounds)]
            small = [ours(files[SMALL][name]) for _ in range(rounds)]
            for number, seconds in enumerate(large, 1):
                bench.record("reading", name, number, "time", seconds, "s")
            rates = [megabytes / seconds for seconds in large]
            yield Result(
                f"reading {name}, 100,000 nodes", statistics.median(rates), AtLeast(2), "MB/s", min(rates), max(rates),
                how=how, note=f"{megabytes:.1f} MB")
            # Ten times the nodes; what is above ten is not linear.
            growth = statistics.median(large) / statistics.median(small)
            yield Result(f"reading {name}, 100,000 nodes / 10,000 nodes", growth, AtMost(14), how=how)
            if name == "pnml" and PM4PY.exists():
                theirs = [seconds_of([PM4PY, "-c", IMPORT, file]) for _ in range(rounds)]
                yield Result(
                    "reading pnml, time of pm4py / of ptflow", statistics.median(theirs) / statistics.median(large),
                    AtLeast(1), how=how, note=f"pm4py {megabytes / statistics.median(theirs):.2f} MB/s")


def write(folder, places):
    """A ring in each format, by the name of the format."""
    pnml = folder / f"{places}.pnml"
    pnml.write_text(nets.ring(places))
    files = {}
    for extension in WRITTEN:
        file = folder / f"ring{places}.{extension}"
        done = subprocess.run(
            [PTFLOW, "convert", "--lossy", pnml, file], env=environment(), capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchError(f"ptflow convert {file.name}: {done.stderr.strip()[-2000:]}")
        files[extension] = file
    files["petri-pilot"] = folder / f"pilot{places}.json"
    files["petri-pilot"].write_text(pilot(places))
    return files


def pilot(places):
    """The ring as a model of petri-pilot's."""
    indexes = range(places)
    return json.dumps({
        "places": [{"id": f"p{index}", "initial": int(index == 0)} for index in indexes],
        "transitions": [{"id": f"t{index}"} for index in indexes],
        "arcs": [arc for index in indexes for arc in (
            {"from": f"p{index}", "to": f"t{index}"}, {"from": f"t{index}", "to": f"p{(index + 1) % places}"})],
    })


def ours(file):
    return seconds_of([PROGRAM, "read", file])


def seconds_of(command):
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"{command[0].name}: {done.stderr.strip()[-2000:]}")
    # pm4py greets on its own; the figure comes last.
    last = done.stdout.strip().splitlines()[-1]
    return json.loads(last)["seconds"] if last.startswith("{") else float(last)
