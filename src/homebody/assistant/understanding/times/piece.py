"""One part of a moment, as it was said: a clock time, a duration, a day, a part of the day."""

from __future__ import annotations

from dataclasses import dataclass

from homebody.assistant.plan import Weekday


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a moment. ``role``: duration, delay (a duration that must pass first), interval, clock,
    range (of clocks), daypart, day, date, weekdays, every, sun; from, for words that only say that something
    begins; or impossible, for an hour that there is not. ``month`` 0 is any. ``end``: where a range ends."""

    role: str
    seconds: float = 0.0
    hour: int = 0
    minute: int = 0
    fixed: bool = False  # the clock needs no daypart: 24 hours, am or pm was said
    days: tuple[Weekday, ...] = ()
    offset: int = 0
    name: str = ""
    month: int = 0
    day: int = 0
    end: Piece | None = None


_LONGEST_S = 1e10
"""Three centuries: what takes longer is no time that anybody means."""


def lasting(seconds: float) -> Piece:
    """A duration, unless it is beyond all that anybody means."""
    return Piece("duration", seconds=seconds) if seconds <= _LONGEST_S else Piece("impossible")
