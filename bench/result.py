"""What a measure answers: one figure, and whether it reaches its goal."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class AtLeast:
    """A goal that is reached from below."""

    limit: float

    def met(self, value):
        return value >= self.limit

    def __str__(self):
        return f"≥ {number(self.limit)}"


@dataclasses.dataclass(frozen=True)
class AtMost:
    """A goal that is reached from above."""

    limit: float

    def met(self, value):
        return value <= self.limit

    def __str__(self):
        return f"≤ {number(self.limit)}"


@dataclasses.dataclass(frozen=True)
class Result:
    """A row of the table.

    `value` is None for a measure that could not be taken, and `note` says why. `low` and `high` are the extremes of the
    single rounds, where there are rounds. Without a goal the figure is there to be known.
    """

    what: str
    value: float | None
    goal: AtLeast | AtMost | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    how: str = ""
    note: str = ""

    @property
    def aim(self):
        """The goal with its unit; empty without one."""
        return f"{self.goal} {self.unit}".strip() if self.goal else ""

    @classmethod
    def of(cls, what, ratio, goal=None, **more):
        """A ratio of medians with its spread: what `contest.ratio` answers."""
        value, low, high = ratio
        return cls(what, value, goal, low=low, high=high, **more)

    @property
    def verdict(self):
        """met or missed; open when it was not measured, empty without a goal."""
        if self.value is None:
            return "not measured"
        if self.goal is None:
            return ""
        return "met" if self.goal.met(self.value) else "**missed**"


def number(value):
    """A figure with as many digits as it deserves."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
