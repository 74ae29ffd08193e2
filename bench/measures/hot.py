"""All clients on one instance, where they queue for its row."""

from contest import Contender, Contest
from result import AtLeast, Result


def measure(bench):
    with bench.server.database("hot") as database:
        database.install_ring()
        database.install_contender("hand")
        database.settle()
        one = {"instances": 1}
        contest = Contest(bench, "hot").run(
            [Contender(name, database, name, variables=one) for name in ("hand", "dispatch")]
        )
        yield Result.of(
            "one hot instance: dispatch / hand", contest.ratio("dispatch", "hand"), AtLeast(0.95),
            how=contest.how, note=contest.note("hand", "dispatch"),
        )
