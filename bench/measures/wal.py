"""Bytes of the write-ahead log of an event, when each page has been written since the last checkpoint."""

from contest import Contender, Contest, ratio
from result import AtMost, Result

TABLES = {"dispatch": "ring.events", "hand12": "hand12.events"}

# Of the engine that kept a row of states beside the log of events, by this measure.
BEFORE = 884


def measure(bench):
    with bench.server.database("wal") as database:
        database.install_ring()
        database.install_contender("hand12")
        database.settle()
        contest = Contest(bench, "wal")
        taken = {name: [] for name in TABLES}
        for round_number in range(contest.rounds + 1):  # in the first one pages are logged whole
            for name, table in TABLES.items():
                bench.say(f"wal: round {round_number} of {contest.rounds}, {name}")
                before = written(database, table)
                contest.take(Contender(name, database, name), round_number)
                after = written(database, table)
                if round_number > 0:
                    each = (after[0] - before[0]) / (after[1] - before[1])
                    taken[name].append(each)
                    bench.record("wal", name, round_number, "bytes an event", each, "bytes", contest.clients, "on")
        own, hand = ratio(taken["dispatch"], [BEFORE] * contest.rounds), ratio(taken["hand12"], [1] * contest.rounds)
        yield Result.of(
            f"WAL bytes of an event / {BEFORE} with a table of states", own, AtMost(0.7), how=contest.how,
            note=f"{own[0] * BEFORE:.0f} bytes an event, hand12 {hand[0]:.0f}",
        )


def written(database, table):
    """Bytes of WAL up to now, and events."""
    return database.execute(
        f"SELECT (pg_current_wal_lsn() - '0/0')::bigint, (SELECT count(*) FROM {table})"
    )[0]
