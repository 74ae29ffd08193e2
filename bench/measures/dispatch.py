"""A dispatch beside statements written by hand, a bare insert, a store made of a trigger, and a store of messages."""

from contest import Contender, Contest
from result import AtLeast, AtMost, Result

# Contender and its script.
CONTENDERS = {
    "insert": "insert",
    "hand12": "hand12",
    "hand2": "hand2",
    "dispatch": "dispatch",
    "trigger": "trigger",
    "messages, a category a client": "messages-many",
    "messages, one category": "messages-one",
}


def measure(bench):
    with bench.server.database("dispatch") as database:
        database.install_ring()
        for name in "hand12", "hand2", "insert", "trigger", "messages":
            database.install_contender(name)
        contenders = [Contender(name, database, script) for name, script in CONTENDERS.items()]
        yield from beside(bench, database, contenders, True, {
            "hand12": AtLeast(bench.by_version(before_18=0.85, from_18=0.95)),
            "hand2": None,
            "trigger": AtLeast(1.2),
            "messages, a category a client": AtLeast(1.2),
            "messages, one category": AtLeast(2),
            "insert": None,
        })
        yield from beside(bench, database, contenders, False, {
            "hand12": AtLeast(bench.by_version(before_18=0.88, from_18=0.95)),
            "hand2": None,
            "trigger": None,
        })


def beside(bench, database, contenders, durable, goals):
    """The ratios to the contenders that have a goal, or None for one; durable, those of the latencies as well."""
    database.settle()
    contest = Contest(bench, "dispatch", durable=durable, latencies=True).run(contenders)
    for name, goal in goals.items():
        ratio, note = contest.ratio("dispatch", name), contest.note("dispatch", name)
        yield Result.of(f"dispatch / {name}", ratio, goal, how=contest.how, note=note)
    if durable:
        for quantile, goal in ("p50", None), ("p99", AtMost(1.3)):
            ratio = contest.latency_ratio("dispatch", "hand12", quantile)
            yield Result.of(f"{quantile} latency / hand12's {quantile}", ratio, goal, how=contest.how)
