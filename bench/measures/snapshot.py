"""Ten minutes of load while somebody holds a snapshot, so that no old version of a row may be removed."""

import statistics

import psycopg

from contest import Contender, Contest
from result import AtLeast, Result

SLICES = 20
BEFORE = 2
LAST = 2
LOAD = 600


def measure(bench):
    seconds = max(1, bench.scaled(LOAD) // SLICES)
    with bench.server.database("snapshot") as database:
        database.install_ring()
        for name in "hand12", "insert":
            database.install_contender(name)
        database.settle()
        contest = Contest(bench, "snapshot", seconds=seconds, rounds=SLICES)
        contenders = [Contender(name, database, name) for name in ("dispatch", "hand12", "insert")]

        def slices(first, last):
            for slice_number in range(first, last + 1):
                bench.say(f"snapshot: slice {slice_number} of {BEFORE + SLICES}")
                for contender in contenders:
                    contest.take(contender, slice_number)

        slices(1, BEFORE)
        before = sizes(database)
        with psycopg.connect(database.owner) as holder:
            holder.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            holder.execute("SELECT count(*) FROM ring.states").fetchone()
            slices(BEFORE + 1, BEFORE + SLICES)
        after = sizes(database)

        growth = ", ".join(f"{table} {before[table] / 1e6:.0f} → {after[table] / 1e6:.0f} MB" for table in before)
        how = f"{contest.how} in turn with the others"
        for name, goal in ("dispatch", AtLeast(0.95)), ("hand12", None):
            yield Result(
                f"{name}'s rate after {seconds * SLICES / 60:.2g} minutes under a held snapshot / before",
                kept(contest.rates[name], contest.rates["insert"]), goal, how=how,
                note=growth if name == "dispatch" else "",
            )


def kept(rates, machine):
    """What is left of a rate at the end, as a share of what the machine itself had left by then."""

    def share(values):
        return statistics.mean(values[-LAST:]) / statistics.mean(values[:BEFORE])

    return share(rates) / share(machine)


def sizes(database):
    """Bytes on disk of the tables, with their indexes."""
    tables = "ring.instances", "ring.events", "hand12.states"
    return {table: database.value("SELECT pg_total_relation_size(%s)", (table,)) for table in tables}
