"""The log as a product: trials, points in time, feeds, consumers behind the dispatches, exports, verification."""

import re
import subprocess
import threading
import time

import psycopg
from psycopg.types.string import TextLoader

from contest import Contender, Contest
from errors import BenchError
from result import AtLeast, AtMost, Result
from server import CLIENT, PAYLOAD, PTFLOW, environment

INSTANCES = 1000
EVENTS = 1_000_000
PAGE = 10_000


def measure(bench):
    yield from trials(bench)
    events = bench.scaled(EVENTS)
    with bench.server.database("log") as database:
        database.install_ring(instances=INSTANCES)
        database.ptflow("grant", "ring", "--read", "--to", CLIENT)
        fill(bench, database, events)
        yield from points(bench, database)
        yield from feed(bench, database)
        yield from export(bench, database)
        yield from verification(bench, database)
    yield from behind(bench)


def trials(bench):
    with bench.server.database("trials") as database:
        database.install_ring()
        contest = Contest(bench, "log").run(
            [Contender(name, database, name) for name in ("dispatch", "try")])
        yield Result.of(
            "ptflow_try / ptflow_dispatch", contest.ratio("try", "dispatch"), AtLeast(1.5), how=contest.how,
            note=contest.note("try", "dispatch"),
        )


def fill(bench, database, events):
    """Events in bulk calls of 1,000, each in a transaction of its own, over all instances in turn."""
    call = (
        "SELECT ptflow_dispatch_many((SELECT jsonb_agg(jsonb_build_object('net', 'ring', 'id', 'instance-' || "
        "1 + (n + %s) %% %s, 'action', 't' || (n / %s + %s) %% 12, 'payload', %s::jsonb)) "
        "FROM generate_series(0, 999) AS n))"
    )
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for number in range(events // 1000):
            if number % 100 == 0:
                bench.say(f"log: {number * 1000:,} of {events:,} events")
            connection.execute(call, (0, INSTANCES, INSTANCES, number, PAYLOAD)).fetchall()
    database.settle()


def points(bench, database):
    database.execute(f"GRANT USAGE ON SCHEMA ring TO {CLIENT}; GRANT SELECT ON ring.events TO {CLIENT}")
    first, last = database.execute("SELECT max(at) FILTER (WHERE seq = 0), max(at) FROM ring.events")[0]
    variables = {"instances": INSTANCES, "first": f"'{first}'", "step": f"'{(last - first) / 1000}'"}
    contest = Contest(bench, "log", clients=1, latencies=True).run(
        [Contender(name, database, name, variables=variables) for name in ("by_key", "as_of")])
    yield Result.of(
        "state at a time, p99 / a read by the primary key", contest.latency_ratio("as_of", "by_key", "p99"), AtMost(2),
        how=contest.how, note=contest.note("as_of", "by_key"),
    )


def pages(connection, query):
    """Reads pages until there is none; how many rows a second."""
    cursor, rows, begin = None, 0, time.perf_counter()
    while True:
        page = connection.execute(query, (cursor, PAGE)).fetchall()
        if not page:
            return rows / (time.perf_counter() - begin)
        rows += len(page)
        cursor = page[-1][0]


def feed(bench, database):
    bench.say("log: reading the feed")
    with psycopg.connect(database.client, autocommit=True) as connection:
        for kind in "json", "jsonb":
            connection.adapters.register_loader(kind, TextLoader)
        rate = pages(connection, "SELECT * FROM ptflow_feed(%s, %s)")
    bench.record("log", "feed", 1, "rate", rate, "1/s")
    yield Result("events a second of one reader of a feed", rate, AtLeast(100_000), how=f"pages of {PAGE:,}")


def export(bench, database):
    bench.say("log: exporting")
    command = ["/usr/bin/time", "-f", "%M", PTFLOW, "export", "ring", "-o", "/dev/null", "--db", database.owner]
    begin = time.perf_counter()
    done = subprocess.run([*map(str, command)], env=environment(), capture_output=True, text=True)
    seconds = time.perf_counter() - begin
    memory = re.search(r"^(\d+)$", done.stderr, re.MULTILINE)
    if done.returncode != 0 or not memory:
        raise BenchError(f"ptflow export: {done.stderr.strip()}")
    events = database.value("SELECT count(*) FROM ring.events")
    for name, value, unit in ("export", events / seconds, "1/s"), ("export memory", int(memory[1]) / 1024, "MiB"):
        bench.record("log", name, 1, "rate" if unit == "1/s" else "memory", value, unit)
    how = f"{events:,} events as ndjson"
    yield Result("events a second of ptflow export", events / seconds, AtLeast(50_000), how=how)
    yield Result("MiB that ptflow export takes", int(memory[1]) / 1024, AtMost(100), how=how)


def verification(bench, database):
    bench.say("log: verifying")
    events = database.value("SELECT count(*) FROM ring.events")
    begin = time.perf_counter()
    if database.value("SELECT count(*) FROM ptflow_verify('ring')") != 0:
        raise BenchError("the log does not verify")
    rate = events / (time.perf_counter() - begin)
    bench.record("log", "verify", 1, "rate", rate, "1/s")
    yield Result("events a second of ptflow_verify", rate, AtLeast(100_000), how=f"{events:,} events")


def behind(bench):
    """Dispatches while a consumer of a subscription reads behind them, beside dispatches alone."""
    with bench.server.database("behind") as database:
        database.install_ring()
        database.execute("SELECT ptflow_subscribe('behind', \"from\" => 'now')")
        consumer = Consumer(database)
        contest = Contest(bench, "log")
        contenders = [
            Contender("alone", database, "dispatch", prepare=lambda *_: consumer.stop()),
            Contender("with a consumer", database, "dispatch", prepare=lambda *_: consumer.start()),
        ]
        try:
            contest.run(contenders)
        finally:
            consumer.stop()
        yield Result.of(
            "dispatches with a consumer behind them / alone", contest.ratio("with a consumer", "alone"), AtLeast(0.95),
            how=contest.how, note=contest.note("with a consumer", "alone"),
        )


class Consumer:
    """Receives and acknowledges for as long as it is started."""

    def __init__(self, database):
        self.database = database
        self.thread = None

    def start(self):
        if not self.thread:
            self.runs = True
            self.thread = threading.Thread(target=self._run)
            self.thread.start()

    def stop(self):
        if self.thread:
            self.runs = False
            self.thread.join()
            self.thread = None

    def _run(self):
        with psycopg.connect(self.database.owner, autocommit=True) as connection:
            while self.runs:
                page = connection.execute("SELECT cursor FROM ptflow_receive('behind', 'c', 1000)").fetchall()
                if page:
                    connection.execute("SELECT ptflow_ack('behind', 'c', %s)", page[-1])
                else:
                    time.sleep(0.01)
