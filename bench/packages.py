"""The peers from PyPI, in a virtual environment of their own; nothing of them is part of ptflow."""

import pathlib
import subprocess
import sys

from errors import BenchError
from server import ROOT

VERSIONS = {"eventsourcing": "9.5.6", "pgmq": "1.1.4", "procrastinate": "3.10.0"}
ENVIRONMENT = ROOT / ".tools" / "peers"
PYTHON = ENVIRONMENT / "bin" / "python"


def provide(say):
    """Installs what is missing; raises when it cannot be had."""
    wanted = [f"{name}=={version}" for name, version in VERSIONS.items()]
    have = run(PYTHON, "-m", "pip", "freeze", "--disable-pip-version-check").stdout.split()
    if set(wanted) <= set(have):
        return
    say("installing the peers into .tools/peers")
    made = run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
    if made.returncode == 0:
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        made = run(*pip, "psycopg[binary,pool]", *wanted)
    if made.returncode != 0:
        lines = made.stderr.strip().splitlines() or ["no reason given"]
        raise BenchError(f"the peers cannot be installed here: {lines[-1]}")


def file(package, path):
    """A file that a package brings."""
    found = run(PYTHON, "-c", f"import importlib.resources as r; print(r.files({package!r}) / {path!r})")
    if found.returncode != 0:
        raise BenchError(f"{package} cannot be found: {found.stderr.strip()}")
    return pathlib.Path(found.stdout.strip())


def run(*command, **more):
    """A program and what it said; one that is not there failed."""
    try:
        return subprocess.run([*map(str, command)], capture_output=True, text=True, **more)
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))

