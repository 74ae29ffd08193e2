"""A small database beside one of 1,000,000 instances and 10,000,000 events."""

from concurrent.futures import ThreadPoolExecutor

from contest import Contender, Contest
from result import AtLeast, Result
from server import PAYLOAD

SMALL = 20_000
LARGE = 1_000_000
EVENTS_EACH = 10
CHUNK = 500  # short transactions, so that an interruption is soon heard


def measure(bench):
    instances = bench.scaled(LARGE)
    with bench.server.database("size") as database:
        database.install_ring(name="large", instances=0)
        fill(bench, database, instances)
        database.install_ring(name="small", instances=SMALL)
        contenders = [
            Contender("small", database, "dispatch", variables={"net": "small", "instances": SMALL}),
            Contender("large", database, "dispatch", variables={"net": "large", "instances": instances}),
        ]
        events = database.value("SELECT count(*) FROM large.events")
        for durable in True, False:
            database.settle()
            contest = Contest(bench, "size", durable=durable).run(contenders)
            yield Result.of(
                f"{instances:,} instances and {events:,} events / {SMALL:,} and none", contest.ratio("large", "small"),
                AtLeast(0.9), how=contest.how, note=contest.note("small", "large"),
            )


def fill(bench, database, instances):
    """Fires every instance ten times, by two sessions."""
    done = 0

    def fill_chunk(first):
        nonlocal done
        last = min(first + CHUNK - 1, instances)
        database.execute(
            """
            SELECT count(ptflow_dispatch('large', 'instance-' || n, 't0', %s))
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
