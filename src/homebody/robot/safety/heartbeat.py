"""What happens when whoever commands the dog falls silent: it stops, then lies down, then cuts its motors."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    FINE = 0
    STOP = 1
    LIE = 2
    CUT = 3


class Heartbeat:
    """Ages in seconds from the last beat to each level. Levels only rise until there is a beat."""

    def __init__(self, *, stop_s: float = 0.6, lie_s: float = 4.0, cut_s: float = 12.0) -> None:
        if not 0 < stop_s < lie_s < cut_s:
            raise ValueError("stop, lie and cut come one after the other")
        self._after = ((cut_s, Level.CUT), (lie_s, Level.LIE), (stop_s, Level.STOP))
        self._last: float | None = None

    def beat(self, now: float) -> None:
        self._last = now

    def end(self) -> None:
        """Nobody commands any more, on purpose: nothing more happens by itself."""
        self._last = None

    def level(self, now: float) -> Level:
        if self._last is None:
            return Level.FINE
        age = now - self._last
        return next((level for after, level in self._after if not age < after), Level.FINE)
