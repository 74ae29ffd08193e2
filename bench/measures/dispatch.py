"""A dispatch beside the statement that an expert writes by hand, a bare insert, and a store made of a trigger."""

from contest import Contender, Contest
from result import AtLeast, AtMost, Result


def measure(bench):
    with bench.server.database("dispatch") as database:
        database.install_ring()
        for name in "hand", "insert", "trigger":
            database.install_contender(name)
        database.settle()
        contenders = [Contender(name, database, name) for name in ("insert", "hand", "dispatch", "trigger")]
        names = [contender.name for contender in contenders]

        durable = Contest(bench, "dispatch", latencies=True).run(contenders)
        how, note = durable.how, durable.note(*names)
        yield Result.of("dispatch / hand", durable.ratio("dispatch", "hand"), AtLeast(0.85), how=how, note=note)
        yield Result.of("dispatch / trigger store", durable.ratio("dispatch", "trigger"), AtLeast(1.2), how=how)
        yield Result.of("dispatch / bare insert", durable.ratio("dispatch", "insert"), how=how)
        for quantile, goal in ("p50", None), ("p99", AtMost(1.3)):
            ratio = durable.latency_ratio("dispatch", "hand", quantile)
            yield Result.of(f"{quantile} latency / hand's {quantile}", ratio, goal, how=how)

        database.settle()
        fast = Contest(bench, "dispatch", durable=False, latencies=True).run(contenders)
        how, note = fast.how, fast.note(*names)
        yield Result.of("dispatch / hand", fast.ratio("dispatch", "hand"), AtLeast(0.70), how=how, note=note)
        yield Result.of("dispatch / trigger store", fast.ratio("dispatch", "trigger"), how=how)
