"""All clients on one instance, where they queue for it."""

from contest import Contender, Contest
from result import AtLeast, Result

CLIENTS = 8, 32


def measure(bench):
    with bench.server.database("hot") as database:
        database.install_ring()
        database.install_contender("hand12")
        contenders = [
            Contender(name, database, name, variables={"instances": 1}) for name in ("hand12", "dispatch")
        ]
        for durable in True, False:
            for clients in CLIENTS:
                database.settle()
                contest = Contest(bench, "hot", clients=clients, durable=durable).run(contenders)
                yield Result.of(
                    "one hot instance: dispatch / hand12", contest.ratio("dispatch", "hand12"),
                    AtLeast(0.9) if durable else None, how=contest.how, note=contest.note("hand12", "dispatch"),
                )
