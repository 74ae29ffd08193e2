"""The measures, one a module, in the order in which they run and are reported."""

from measures import (
    bulk, compiling, connection, disk, dispatch, explorer, guards, hot, install, instructions, laws, peers, places,
    reading, rules, size, snapshot, wal,
)

STANDARD = [
    dispatch, instructions, peers, places, laws, hot, bulk, connection, install, compiling, reading, explorer, disk, wal,
    rules, guards,
]
LONG = [size, snapshot]
BY_NAME = {module.__name__.removeprefix("measures."): module for module in STANDARD + LONG}
