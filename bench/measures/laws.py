"""What it costs that a law of a net is a constraint of its markings: the same net with it and without."""

import nets
from contest import Contender, Contest
from errors import BenchError
from result import AtLeast, Result


def measure(bench):
    with bench.server.database("laws") as database:
        for name in "checked", "unchecked":
            database.install_net(name, nets.rings(4, 3))
        remove_laws(database, "unchecked")
        contenders = [
            Contender(name, database, "dispatch", variables={"net": name}) for name in ("checked", "unchecked")
        ]
        for durable in True, False:
            contest = Contest(bench, "laws", durable=durable).run(contenders)
            yield Result.of(
                "dispatch with a law of three places that is checked / without", contest.ratio("checked", "unchecked"),
                AtLeast(0.95), how=contest.how, note=contest.note("unchecked", "checked"),
            )


def remove_laws(database, net):
    """Takes those constraints from the markings of a net that add up places."""
    laws = database.execute(
        """
        SELECT conname FROM pg_constraint
         WHERE contypid = CAST(%s AS regtype) AND pg_get_constraintdef(oid) LIKE '%%+%%'
        """,
        (f"{net}.marking",),
    )
    if not laws:
        raise BenchError(f"no law of {net} is a constraint of {net}.marking")
    for (law,) in laws:
        database.execute(f'ALTER DOMAIN {net}.marking DROP CONSTRAINT "{law}"')
