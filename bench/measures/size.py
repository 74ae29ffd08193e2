"""A small database beside one of 1,000,000 instances and 10,000,000 events, and the state of all instances of that."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from contest import Contender, Contest
from result import AtLeast, AtMost, Result
from server import PAYLOAD

SMALL = 20_000
LARGE = 1_000_000
EVENTS_EACH = 10
CHUNK = 500  # short transactions, so that an interruption is soon heard


def measure(bench):
    instances = bench.scaled(LARGE)
    with bench.server.database("size_small") as small, bench.server.database("size_large") as large:
        small.install_ring(instances=SMALL)
        small.install_contender("hand12")
        large.install_ring(instances=0)
        large.install_contender("hand12")
        fill(bench, large, instances)
        contenders = [
            Contender(f"{script}, {size}", database, script, variables={"instances": count})
            for script in ("dispatch", "hand12")
            for size, database, count in (("small", small, SMALL), ("large", large, instances))
        ]
        events = large.value("SELECT count(*) FROM ring.events WHERE seq > 0")
        what = f"{instances:,} instances and {events:,} events / {SMALL:,} and none"
        large.settle()
        yield state_of_all(bench, large, instances, "the view", None)
        large.install_ring(instances=0, flags=["--keep-states"])
        large.settle()
        yield state_of_all(bench, large, instances, "`keeps: states`", AtMost(1))
        large.install_ring(instances=0, flags=["--no-keep-states"])
        for durable in True, False:
            small.settle()
            large.settle()
            contest = Contest(bench, "size", durable=durable).run(contenders)
            for script, goal in ("dispatch", AtLeast(0.9)), ("hand12", None):
                names = f"{script}, small", f"{script}, large"
                yield Result.of(
                    f"{script}: {what}", contest.ratio(names[1], names[0]), goal, how=contest.how,
                    note=contest.note(*names),
                )


def state_of_all(bench, database, instances, kind, goal):
    """How long one session takes to read a place of every instance through `states`, which is of this kind."""
    seconds = []
    with psycopg.connect(database.owner, autocommit=True) as connection:
        for round_number in range(bench.options.rounds + 1):  # the first one warms up
            bench.say(
                f"size: the state of all instances, {kind}, round {round_number} of {bench.options.rounds}"
            )
            begin = time.perf_counter()
            connection.execute("SELECT count(*), sum(p1) FROM ring.states").fetchone()
            if round_number > 0:
                seconds.append(time.perf_counter() - begin)
                bench.record("size", f"state of all, {kind}", round_number, "time", seconds[-1], "s", 1)
    return Result(
        f"the state of all {instances:,} instances, {kind}", statistics.median(seconds), goal, "s",
        min(seconds), max(seconds), f"1 client, {len(seconds)} times",
    )


def fill(bench, database, instances):
    """Fires every instance ten times, by two sessions; and writes as much into the tables of hand12."""
    done = 0

    def fill_chunk(first):
        nonlocal done
        last = min(first + CHUNK - 1, instances)
        database.execute(
            """
            SELECT count(ptflow_dispatch('ring', 'instance-' || n, 't0', %s))
              FROM generate_series(%s::integer, %s::integer) AS n, generate_series(1, %s::integer)
            """,
            (PAYLOAD, first, last, EVENTS_EACH),
        )
        done += last - first + 1
        bench.say(f"size: {done * EVENTS_EACH:,} of {instances * EVENTS_EACH:,} events")

    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            for _ in pool.map(fill_chunk, range(1, instances + 1, CHUNK)):
                pass
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise

    bench.say("size: the same for hand12")
    database.execute("TRUNCATE hand12.states")
    database.execute(
        """
        INSERT INTO hand12.states (id, seq, p0, p1)
        SELECT 'instance-' || n, %s::integer, 1000000000 - %s::integer, %s::integer
          FROM generate_series(1, %s::integer) AS n
        """,
        (EVENTS_EACH, EVENTS_EACH, EVENTS_EACH, instances),
    )
    database.execute(
        """
        INSERT INTO hand12.events (id, seq, action, payload)
        SELECT 'instance-' || n, k, 't0', %s
          FROM generate_series(1, %s::integer) AS n, generate_series(1, %s::integer) AS k
        """,
        (PAYLOAD, instances, EVENTS_EACH),
    )
