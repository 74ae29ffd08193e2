"""The server that is measured: ptflow's own embedded one, in a directory that is removed in the end."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

import psycopg

import nets
from errors import BenchError

ROOT = pathlib.Path(__file__).resolve().parent.parent
CONTENDERS = ROOT / "bench" / "contenders"
PTFLOW = ROOT / ".build" / "release" / "ptflow"

# Who calls: a role with nothing but what was granted, so that ptflow checks it and the tables' rights are checked.
CLIENT = "bench_client"

# Of this machine, in bytes.
MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

# What a server of this size would be given; a quarter of the memory is what PostgreSQL's manual says to begin with
# (20.4.1, shared_buffers). Durability is what it is by default: fsync, full_page_writes, checksums.
SETTINGS = {
    "shared_buffers": f"{max(MEMORY // 4 // 2**20, 128)}MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "autovacuum_naptime": "15s",
}

PAYLOAD = '{"by": "somebody", "note": "' + "0123456789" * 7 + '"}'  # 100 bytes


class Server:
    """Runs while the `with` block does."""

    def __init__(self, say):
        self.say = say

    def __enter__(self):
        if not PTFLOW.exists():
            raise BenchError(f"there is no {PTFLOW.relative_to(ROOT)}: swift build -c release --product ptflow")
        (ROOT / ".build" / "bench").mkdir(parents=True, exist_ok=True)
        self.project = pathlib.Path(tempfile.mkdtemp(prefix="server-", dir=ROOT / ".build" / "bench"))
        self.project.chmod(0o711)  # the server's user has to pass; what is its own, it closes
        try:
            self.say("starting PostgreSQL")
            self.start()
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                for name, value in SETTINGS.items():
                    connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
                connection.execute(f"CREATE ROLE {CLIENT} LOGIN")
                self.major = connection.info.server_version // 10000
            self.stop()
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_):
        self._remove()

    def start(self):
        self.parts = psycopg.conninfo.conninfo_to_dict(self._db("start"))

    def stop(self):
        self._db("stop")

    def database(self, name):
        """A new database, which is removed at the end of its `with` block."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return Database(self, name)

    def url(self, database, user=None):
        """Where a database is, for its owner or for `user`."""
        host, port = self.parts["host"], self.parts["port"]
        return f"postgresql:///{database}?host={host}&port={port}&user={user or self.parts['user']}"

    def _db(self, command):
        done = subprocess.run(
            [PTFLOW, "db", command], cwd=self.project, env=environment(), capture_output=True, text=True
        )
        if done.returncode != 0:
            raise BenchError(f"ptflow db {command}: {done.stderr.strip()}")
        return done.stdout.strip()

    def _remove(self):
        # Whoever interrupts twice shall not leave a server behind.
        previous = [(number, signal.signal(number, signal.SIG_IGN)) for number in (signal.SIGINT, signal.SIGTERM)]
        try:
            self.say("stopping PostgreSQL")
            subprocess.run(
                [PTFLOW, "db", "stop"], cwd=self.project, env=environment(), capture_output=True, start_new_session=True
            )
            # For root the server may have its files elsewhere, behind a link.
            for link in (self.project / ".ptflow").glob("*"):
                if link.is_symlink():
                    shutil.rmtree(link.resolve(), ignore_errors=True)
            shutil.rmtree(self.project, ignore_errors=True)
        finally:
            for number, handler in previous:
                signal.signal(number, handler)


class Database:
    """One database of the server."""

    def __init__(self, server, name):
        self.server = server
        self.name = name
        self.owner = server.url(name)
        self.client = server.url(name, CLIENT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def execute(self, query, parameters=None):
        """Runs statements as the owner; answers the rows of the last one, if it has any."""
        with psycopg.connect(self.owner, autocommit=True) as connection:
            cursor = connection.execute(query, parameters)
            return cursor.fetchall() if cursor.description else None

    def value(self, query, parameters=None):
        """The one value of a query."""
        return self.execute(query, parameters)[0][0]

    def run(self, path):
        """Runs a file of SQL as the owner."""
        # Not into the schema that is called like its owner: ptflow's.
        with psycopg.connect(self.owner, options="-c search_path=public") as connection:
            connection.execute(path.read_text())

    def ptflow(self, *arguments):
        """Runs the program on this database."""
        done = subprocess.run(
            [PTFLOW, *map(str, arguments)], env=environment(DATABASE_URL=self.owner), capture_output=True, text=True
        )
        if done.returncode != 0:
            raise BenchError(f"ptflow {arguments[0]}: {(done.stderr or done.stdout).strip()[:2000]}")
        return done.stdout

    def install_ring(self, places=12, name="ring", instances=20_000, flags=()):
        """Installs a ring with so many instances, `instance-1` and on, which the client may fire."""
        self.install_net(name, nets.ring(places), instances, flags)

    def install_net(self, name, text, instances=20_000, flags=(), suffix=".pnml"):
        """Installs a net by `ptflow install` with these flags, and so many instances, `instance-1` and on, which the
        client may fire.

        Without instances it leaves the tables as they are: once VACUUM has seen that they are empty, PostgreSQL scans
        them from end to end until it looks again.
        """
        with tempfile.TemporaryDirectory(prefix="ptflow-bench-") as folder:
            file = pathlib.Path(folder) / f"{name}{suffix}"  # a net is called as its file
            file.write_text(text)
            self.ptflow("install", *flags, file)
        self.ptflow("grant", name, "default", "--to", CLIENT)
        if instances > 0:
            self.execute(
                "SELECT count(ptflow_create(%s, 'instance-' || n)) FROM generate_series(1, %s) AS n", (name, instances)
            )
            self.settle()

    def install_contender(self, name):
        """Makes the tables of a contender of ours."""
        self.run(CONTENDERS / f"{name}.sql")

    def settle(self):
        """Leaves nothing to be done in the background that a measure did not cause."""
        self.execute("VACUUM ANALYZE")
        self.execute("CHECKPOINT")


def environment(**more):
    """The environment without what would lead to another database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG") or name == "PG_BIN"}
    kept.pop("DATABASE_URL", None)
    return kept | more
