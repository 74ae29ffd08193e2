"""Many events in one call, beside as many calls."""

import json
import random
import statistics
import time

import psycopg
from psycopg.types.string import TextLoader

from contest import Contender, Contest
from result import AtLeast, Result
from server import PAYLOAD

EVENTS = 1000


def measure(bench):
    many, one = f"{EVENTS:,} events over many instances", f"{EVENTS:,} events of one instance"
    with bench.server.database("bulk") as database:
        database.install_ring()
        contest = Contest(bench, "bulk", clients=1)
        singles = Contender("single dispatches", database, "dispatch")
        loop = Contender("loop in one transaction", database, "loop", calls=EVENTS, variables={"events": EVENTS})
        for round_number in range(contest.rounds + 1):  # the first one warms up
            bench.say(f"bulk: round {round_number} of {contest.rounds}")
            bulk_many = bulk_rate(database, contest.seconds, lambda: random.randint(1, 20_000))
            bulk_one = bulk_rate(database, contest.seconds, lambda: 1)
            if round_number == 0:
                continue
            for name, rate in (many, bulk_many), (one, bulk_one):
                contest.rates.setdefault(name, []).append(rate)
                bench.record("bulk", name, round_number, "rate", rate, "1/s", 1, "on")
            contest.take(singles, round_number)
            contest.take(loop, round_number)
        for name, other, goal in (many, singles.name, AtLeast(12)), (one, loop.name, AtLeast(4)):
            yield Result.of(
                f"bulk call, {name} / {other}", contest.ratio(name, other), goal,
                how=contest.how, note=contest.note(name, other),
            )


def bulk_rate(database, seconds, instance):
    """Events a second of one client that sends bulk calls, each in a transaction of its own."""
    taken = []
    payload = json.loads(PAYLOAD)
    with psycopg.connect(database.client, autocommit=True) as connection:
        # How long Python takes to parse the answer is no measure of the database.
        connection.adapters.register_loader("json", TextLoader)
        connection.adapters.register_loader("jsonb", TextLoader)
        while sum(taken) < seconds:
            events = json.dumps(
                [
                    {"net": "ring", "id": f"instance-{instance()}", "action": "t0", "payload": payload}
                    for _ in range(EVENTS)
                ]
            )
            begin = time.perf_counter()
            connection.execute("SELECT ptflow_dispatch_many(%s)", (events,)).fetchall()
            taken.append(time.perf_counter() - begin)
    return EVENTS / statistics.median(taken)
