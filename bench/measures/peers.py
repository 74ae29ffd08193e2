"""A dispatch beside what stores of events, queues and job queues from PyPI do in SQL."""

import packages
from contest import Contender, Contest
from errors import BenchError
from result import AtLeast, Result
from server import CLIENT, CONTENDERS, PAYLOAD, environment

# What a consumer finds in its queue before a round, for each second of it: more than anybody takes. One that finds its
# queue empty fails, and the measure with it.
BACKLOG = 10_000

GOALS = {"pgmq send": AtLeast(1.2)}


def measure(bench):
    try:
        packages.provide(bench.say)
    except BenchError as error:
        yield Result("dispatch / peers", None, note=str(error))
        return
    with bench.server.database("peers") as database:
        bench.say("peers: making their tables")
        database.install_ring()
        make_eventsourcing(database)
        make_pgmq(database)
        worker = make_procrastinate(database)
        database.execute(
            f"GRANT USAGE ON SCHEMA pgmq TO {CLIENT}; "
            f"GRANT ALL ON ALL TABLES IN SCHEMA public, pgmq TO {CLIENT}; "
            f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public, pgmq TO {CLIENT}"
        )
        database.settle()
        peers = [
            Contender("eventsourcing insert", database, "eventsourcing"),
            Contender("pgmq send", database, "pgmq-send"),
            Contender("pgmq read + archive", database, "pgmq-read-archive", calls=2, prepare=fill_pgmq),
            Contender("procrastinate defer", database, "procrastinate-defer"),
            Contender(
                "procrastinate fetch + finish", database, "procrastinate-fetch-finish", calls=2,
                variables={"worker": worker}, prepare=fill_procrastinate,
            ),
        ]
        contest = Contest(bench, "peers").run([Contender("dispatch", database, "dispatch"), *peers])
        for peer in peers:
            package = peer.name.split()[0]
            note = f"{contest.note('dispatch', peer.name)}; {package} {packages.VERSIONS[package]}"
            yield Result.of(
                f"dispatch / {peer.name}", contest.ratio("dispatch", peer.name), GOALS.get(peer.name), how=contest.how,
                note=note,
            )


def make_eventsourcing(database):
    parts = database.server.parts
    made = packages.run(
        packages.PYTHON, CONTENDERS / "eventsourcing-tables.py",
        database.name, parts["host"], parts["port"], parts["user"],
        env=environment(),
    )
    if made.returncode != 0:
        raise BenchError(f"eventsourcing: {made.stderr.strip()[-2000:]}")


def make_pgmq(database):
    database.run(packages.file("pgmq", "sql/pgmq.sql"))
    database.execute("SELECT pgmq.create(queue) FROM unnest(ARRAY['bench_send', 'bench_read']) AS queue")


def make_procrastinate(database):
    """Answers the id of a worker."""
    database.run(packages.file("procrastinate", "sql/schema.sql"))
    return database.value("SELECT worker_id FROM procrastinate_register_worker_v1()")


def fill_pgmq(database, seconds):
    database.execute(
        """
        SELECT count(*) FROM pgmq.send_batch('bench_read', ARRAY(
            SELECT CAST(%s AS jsonb)
              FROM generate_series(1, %s - (SELECT count(*) FROM pgmq.q_bench_read WHERE vt <= now()))))
        """,
        (PAYLOAD, int(BACKLOG * seconds)),
    )


def fill_procrastinate(database, seconds):
    database.execute(
        """
        SELECT count(procrastinate_defer_jobs_v1(ARRAY[
                   ROW('bench_fetch', 'ring.t0', 0, NULL, NULL, CAST(%s AS jsonb), NULL)
                   ::procrastinate_job_to_defer_v1]))
          FROM generate_series(1, %s - (
                   SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'bench_fetch' AND status = 'todo'))
        """,
        (PAYLOAD, int(BACKLOG * seconds)),
    )
