"""What stops the program with a message instead of a traceback."""


class BenchError(Exception):
    """A measure could not be taken; the text says why."""
