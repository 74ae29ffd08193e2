"""Bytes on disk of an event beyond its payload, indexes included."""

from contest import Contender, Contest
from result import AtMost, Result

TABLES = {"dispatch": "ring.events", "hand12": "hand12.events"}


def measure(bench):
    with bench.server.database("disk") as database:
        database.install_ring()
        database.install_contender("hand12")
        contest = Contest(bench, "disk", durable=False)
        contest.run([Contender(name, database, name) for name in TABLES])
        beyond = {}
        for name, table in TABLES.items():
            events, size, payload = database.execute(
                f"SELECT count(*), pg_total_relation_size('{table}'), avg(pg_column_size(payload))::float8 FROM {table}"
            )[0]
            beyond[name] = size / events - payload
            bench.record("disk", name, 1, "events", events, "", contest.clients, "off")
            bench.record("disk", name, 1, "beyond payload", beyond[name], "bytes", contest.clients, "off")
        yield Result(
            "bytes on disk per event beyond its payload", beyond["dispatch"], AtMost(220), "bytes",
            how=contest.how, note=f"hand12 {beyond['hand12']:.0f} bytes; {events:,} events",
        )
