"""What a dispatch costs when the net has more places and transitions, of which each touches two places."""

from contest import Contender, Contest, ratio
from result import AtMost, Result

SIZES = {10: None, 100: AtMost(1.2), 500: AtMost(2.5)}


def measure(bench):
    with bench.server.database("places") as database:
        for places in SIZES:
            bench.say(f"places: making 20,000 instances of {places} places")
            database.install_ring(places, f"ring{places}")
        contest = Contest(bench, "places", durable=False).run(
            [Contender(str(places), database, "dispatch", variables={"net": f"ring{places}"}) for places in SIZES]
        )
        smallest, *wider = SIZES
        for places in wider:
            cost = ratio(contest.rates[str(smallest)], contest.rates[str(places)])
            note = f"by places: {contest.note(str(smallest), str(places))}"
            yield Result.of(
                f"cost with {places} places / {smallest} places", cost, SIZES[places], how=contest.how, note=note
            )
