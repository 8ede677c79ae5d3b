"""Growing pauses between attempts to reach what does not answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Backoff:
    """Pauses in seconds: ``first``, then twice as long each time, at most ``longest``.

    Each is shortened by chance by up to a third, so that a home whose router comes back does not call all its
    devices in one instant.
    """

    first: float = 1.0
    longest: float = 60.0
    chance: Callable[[], float] = random.random
    _tries: int = 0

    def next(self) -> float:
        pause = min(self.longest, self.first * 2.0 ** min(self._tries, 30))
        self._tries += 1
        return pause * (1 - self.chance() / 3)

    def reset(self) -> None:
        """It answered: the next pause is the first one again."""
        self._tries = 0
