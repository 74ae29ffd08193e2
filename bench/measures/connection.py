"""What the first dispatch on a new connection costs beyond a bare connection, with one net and with 100 more."""

import statistics
import tempfile
import time

import psycopg

import nets
from measures.install import NETS, PLACES
from result import AtMost, Result
from server import PAYLOAD

DISPATCH = "SELECT ptflow_dispatch('ring', 'instance-' || %s::text, 't0', %s)"


def measure(bench):
    with bench.server.database("connection") as database, tempfile.TemporaryDirectory(prefix="ptflow-bench-") as folder:
        database.install_ring(instances=1000)
        yield first_dispatch(bench, database, "first dispatch on a new connection, beyond a bare one", "1 net")
        nets.write_rings(folder, NETS, PLACES)
        bench.say(f"connection: installing {NETS} nets")
        database.ptflow("install", folder)
        database.settle()
        yield first_dispatch(bench, database, f"the same, with {NETS} nets more", f"{NETS + 1} nets")


def first_dispatch(bench, database, what, contender):
    """The median of 40 connections a round, each beside one that only asks for 1."""
    bench.say(f"connection: {contender}")
    beyond, bare, second = [], [], []
    for round_number in range(1, 40 * bench.options.rounds + 1):
        begin = time.perf_counter()
        with psycopg.connect(database.client, autocommit=True) as connection:
            connection.execute("SELECT 1").fetchone()
            bare.append(1000 * (time.perf_counter() - begin))
        begin = time.perf_counter()
        with psycopg.connect(database.client, autocommit=True) as connection:
            connection.execute(DISPATCH, (round_number % 1000 + 1, PAYLOAD)).fetchone()
            beyond.append(1000 * (time.perf_counter() - begin) - bare[-1])
            begin = time.perf_counter()
            connection.execute(DISPATCH, (round_number % 1000 + 1, PAYLOAD)).fetchone()
            second.append(1000 * (time.perf_counter() - begin))
    for quantity, values in ("bare", bare), ("beyond bare", beyond), ("second dispatch", second):
        bench.record("connection", contender, 1, quantity, statistics.median(values), "ms", 1, "on")
    low, *_, high = statistics.quantiles(beyond, n=4)
    return Result(
        what, statistics.median(beyond), AtMost(2.5), "ms", low, high, f"1 client, durable, {len(beyond)} connections",
        f"bare {statistics.median(bare):.1f} ms, second dispatch {statistics.median(second):.1f} ms; spread: quartiles",
    )
