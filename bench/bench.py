"""Measures ptflow beside what else could be done with the same server. See README.md beside it, and `--help`."""

import argparse
import datetime
import os
import platform
import signal
import subprocess
import sys
import time

import psycopg

import measures
import page
import report
from errors import BenchError
from server import MEMORY, ROOT, SETTINGS, Server


class Bench:
    """What a measure is given: the server, the options, a place for raw data, and a line to say what it does."""

    def __init__(self, server, options):
        self.server = server
        self.options = options
        self.raw = []

    def scaled(self, count):
        """A size or a number of seconds of a long measure, smaller where --scale says so."""
        return max(1, int(count * self.options.scale))

    def by_version(self, before_18, from_18):
        """A limit that depends on the version of PostgreSQL, which is measured on 15 and on 18."""
        return from_18 if self.server.major >= 18 else before_18

    def record(self, measure, contender, round_number, quantity, value, unit, clients="", durability=""):
        """Keeps one figure of one round."""
        self.raw.append((measure, contender, round_number, quantity, f"{value:.6g}", unit, clients, durability))

    def say(self, text):
        say(text)


def say(text):
    """Shows progress: one line that changes on a terminal, lines otherwise."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)


def main():
    options = arguments()
    if options.list:
        for name, module in measures.BY_NAME.items():
            print(f"{name:12} {'(long) ' if module in measures.LONG else ''}{module.__doc__.splitlines()[0]}")
        return 0
    if options.write_only:
        page.write()
        return 0
    for number in signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    failed = False
    with Server(say) as server:
        about = circumstances(server)
        for name in options.measures:
            begin = time.monotonic()
            bench = Bench(server, options)
            try:
                results = list(measures.BY_NAME[name].measure(bench))
            except (BenchError, psycopg.Error) as error:
                # One that cannot be measured does not keep the others from it.
                print(f"\rbench: {name}: {error}", file=sys.stderr)
                failed = True
                continue
            say(f"{name}: {time.monotonic() - begin:.0f} s\n" if sys.stderr.isatty() else f"{name}: done")
            report.show(name, results)
            if options.record:
                report.store(name, results, bench.raw, about)
    if options.record:
        page.write()
    return 1 if failed else 0


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help="names (default: the standard ones)")
    parser.add_argument("--long", action="store_true", help="the long measures")
    parser.add_argument("--list", action="store_true", help="what there is to measure")
    parser.add_argument("--record", action="store_true", help="write bench/results and docs/performance.md")
    parser.add_argument("--write-only", action="store_true", help="write docs/performance.md from bench/results")
    parser.add_argument("--clients", type=positive(int), default=8)
    parser.add_argument("--rounds", type=positive(int), default=5, help="how often each contender has its turn (5)")
    parser.add_argument("--seconds", type=positive(int), default=5, help="how long a turn lasts (5)")
    parser.add_argument("--scale", type=positive(float), default=1, help="part of the long measures' size, to try them")
    options = parser.parse_args()
    names = [name for argument in options.measures for name in argument.split(",") if name]
    for name in names:
        if name not in measures.BY_NAME:
            parser.error(f"there is no measure {name}; there are {', '.join(measures.BY_NAME)}")
    if options.record and options.scale != 1:
        parser.error("what is recorded has its full size: no --scale with --record")
    chosen = measures.LONG if options.long else measures.STANDARD
    options.measures = names or [name for name, module in measures.BY_NAME.items() if module in chosen]
    return options


def positive(kind):
    """An argument's type: a number above 0."""

    def number(text):
        value = kind(text)
        if not value > 0:
            raise ValueError
        return value

    number.__name__ = "positive number"
    return number


def circumstances(server):
    """What has to be known of a run, as columns of its results."""
    with psycopg.connect(server.url("postgres")) as connection:
        version = connection.info.parameter_status("server_version")
    models = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return {
        "date": datetime.date.today().isoformat(),
        "commit": commit.stdout.strip(),
        "postgresql": version.split()[0],
        "machine": f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), {MEMORY / 2**30:.0f} GiB",
        "load": f"{os.getloadavg()[0]:.1f}",
        "settings": ", ".join(f"{name} = {value}" for name, value in SETTINGS.items()),
        "swift": compiler(),
    }


def compiler():
    """What `swift` compiles with; empty where there is none."""
    try:
        version = subprocess.run(["swift", "--version"], capture_output=True, text=True)
    except OSError:
        return ""
    lines = [line.strip() for line in version.stdout.splitlines()]
    return ", ".join(line for line in lines if "Swift version" in line or line.startswith("Build config"))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nbench: interrupted", file=sys.stderr)
        sys.exit(130)
    except (BenchError, psycopg.Error) as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)
