"""What it costs that a law of a net is a CHECK on each row: the same net with it and without."""

import nets
from contest import Contender, Contest
from result import AtLeast, Result


def measure(bench):
    with bench.server.database("laws") as database:
        for name in "checked", "unchecked":
            database.install_net(name, nets.rings(4, 3))
        database.execute("ALTER TABLE unchecked.states DROP CONSTRAINT states_law")
        contenders = [
            Contender(name, database, "dispatch", variables={"net": name}) for name in ("checked", "unchecked")
        ]
        for durable in True, False:
            contest = Contest(bench, "laws", durable=durable).run(contenders)
            yield Result.of(
                "dispatch with a law of three places that is checked / without", contest.ratio("checked", "unchecked"),
                AtLeast(0.95), how=contest.how, note=contest.note("unchecked", "checked"),
            )
