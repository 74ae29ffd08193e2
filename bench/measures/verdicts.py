"""Claims that are decided of 60 nets in ten seconds each, with reductions and without; known answers are compared."""

import csv
import json
import pathlib
import subprocess
import tempfile

from errors import BenchError
from nets import philosophers, write_stretched
from result import AtLeast, AtMost, Result
from server import ROOT, environment

PROGRAM = ROOT / ".build" / "release" / "bench-explorer"
SHARED = ROOT.parent / "shared" / "nets"
# What the columns of the known answers say of a claim: the claim, and whether it is the opposite.
COLUMNS = {
    "deadlock": ("deadlock_free", True), "one_safe": ("safe", False), "quasi_live": ("quasi_live", False),
    "live": ("live", False), "reversible": ("reversible", False),
}
OTHERS = """
    bitwrap/counter.xml bitwrap/factom.xml bitwrap/finite.xml bitwrap/nim.xml bitwrap/octoe.xml
    lola/net_2bounded.lola lola/phils.lola
    pipe/Accident___Emergency_Unit__basic_model_.xml pipe/Courier_Protocol.xml pipe/FMS1.xml
    tina/abp.net tina/ifip.net tina/sokoban_3.net
    woped/CapacityPlanning.pnml woped/Insurance.pnml woped/LoanApplicationResources.pnml woped/MailboxUnbounded.pnml
    woped/MinimalCoverabilitySet.pnml
""".split()
# Contest's nets with so many silent steps before each place: the markings grow exponentially, the answers stay.
STRETCHED = [
    ("AutonomousCar-PT-05a", 1), ("AutonomousCar-PT-05a", 2), ("ParamProductionCell-PT-4", 1),
    ("HouseConstruction-PT-00005", 2), ("Peterson-PT-2", 2), ("Railroad-PT-005", 2), ("SafeBus-PT-03", 2),
    ("ResAllocation-PT-R003C010", 2), ("FMS-PT-00002", 2),
]
PHILOSOPHERS = 5, 20, 50, 100


def measure(bench):
    if not (SHARED / "mcc" / "answers.csv").exists():
        yield Result("verdicts", None, note=f"no nets with known answers in {SHARED}")
        return
    if not PROGRAM.exists():
        raise BenchError(f"there is no {PROGRAM.relative_to(ROOT)}: swift build -c release --product bench-explorer")
    with tempfile.TemporaryDirectory() as folder:
        nets = all_nets(pathlib.Path(folder))
        reduced = {name: decide(bench, "decide", path, known) for name, path, known in nets}
        plain = {name: decide(bench, "decide-plain", path, known) for name, path, known in nets}
    for name in reduced:
        contradictions = [
            claim for claim, verdict in reduced[name][0].items() if plain[name][0].get(claim, verdict) != verdict
        ]
        if contradictions:
            raise BenchError(f"{name}: {', '.join(contradictions)} is proved in one way and refuted in the other")
    compared = sum(len(known) for _, _, known in nets)

    def count(runs):
        return sum(len(verdicts) for verdicts, _ in runs.values())

    def seconds(runs):
        return sum(seconds for _, seconds in runs.values())

    how = f"{len(nets)} nets, processor's time, 10 s and 1 GiB each"
    yield Result(
        "verdicts that differ from known answers", 0, AtMost(0), how=how, note=f"{compared} answers are known",
    )
    yield Result(
        "claims decided / without reductions", count(reduced) / count(plain), AtLeast(1), how=how,
        note=f"{count(reduced)} and {count(plain)} of {7 * len(nets)}",
    )
    rates = count(reduced) / seconds(reduced), count(plain) / seconds(plain)
    yield Result("verdicts a second", rates[0], unit="1/s", how=how)
    yield Result("verdicts a second, without reductions", rates[1], unit="1/s", how=how)


def all_nets(folder):
    """Sixty nets: the name, the file, and what is known of its claims."""
    with (SHARED / "mcc" / "answers.csv").open(newline="") as file:
        rows = {row["model"]: row for row in csv.DictReader(file)}

    def known(model):
        answers = {}
        for column, (claim, is_opposite) in COLUMNS.items():
            if rows[model][column]:
                answers[claim] = (rows[model][column] in ("TRUE", "1")) != is_opposite
        return answers

    nets = [(model, SHARED / "mcc" / row["file"], known(model)) for model, row in rows.items()]
    nets += [(path, SHARED / path, {}) for path in OTHERS]
    for model, steps in STRETCHED:
        path = folder / f"{model}-{steps}.pnml"
        write_stretched(SHARED / "mcc" / rows[model]["file"], path, steps)
        nets.append((f"{model} with {steps} silent steps", path, known(model)))
    for count in PHILOSOPHERS:
        path = folder / f"philosophers-{count}.pnml"
        path.write_text(philosophers(count))
        answers = {"safe": True, "deadlock_free": False, "quasi_live": True, "live": False, "reversible": False}
        nets.append((f"{count} philosophers", path, answers))
    return nets


def decide(bench, what, path, known):
    """What is decided of a net, and the seconds that this took; an answer that is known otherwise is an error."""
    bench.say(f"verdicts: {what} {path.name}")
    done = subprocess.run([PROGRAM, what, path], env=environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"bench-explorer {what} {path}: {done.stderr.strip()[-2000:]}")
    figures = json.loads(done.stdout)
    seconds = figures.pop("seconds")
    verdicts = {claim: verdict == 1 for claim, verdict in figures.items()}
    wrong = [claim for claim, answer in known.items() if verdicts.get(claim, answer) != answer]
    if wrong:
        raise BenchError(f"{path.name}: {', '.join(wrong)} is known to be otherwise ({what})")
    bench.record("verdicts", path.stem, 1, f"{what} verdicts", len(verdicts), "")
    bench.record("verdicts", path.stem, 1, f"{what} seconds", seconds, "s")
    return verdicts, seconds
