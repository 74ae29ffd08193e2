"""The measures, one a module, in the order in which they run and are reported."""

from measures import (
    bulk, compiling, connection, disk, dispatch, explorer, guards, hot, install, instructions, laws, log, peers, places,
    reading, rules, size, snapshot, verdicts, wal,
)

STANDARD = [
    dispatch, instructions, peers, places, laws, hot, bulk, connection, install, compiling, reading, explorer, verdicts,
    disk, wal, rules, guards, log,
]
LONG = [size, snapshot]
BY_NAME = {module.__name__.removeprefix("measures."): module for module in STANDARD + LONG}
