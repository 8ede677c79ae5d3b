"""Codes that pair one phone each: random, good once, for ten minutes, and never written to disk."""

from __future__ import annotations

import secrets
from collections import OrderedDict

from homebody.core.clock import Clock

LIVES_S = 600.0
MOST = 8
"""Codes that are good at one time; the oldest goes first."""


class Invitations:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends: OrderedDict[str, float] = OrderedDict()

    def make(self) -> str:
        """A new code, of 128 random bits."""
        code = secrets.token_urlsafe(16)
        self._ends[code] = self._clock.monotonic() + LIVES_S
        while len(self._ends) > MOST:
            self._ends.popitem(last=False)
        return code

    def is_good(self, code: str) -> bool:
        return self._clock.monotonic() < self._ends.get(code, 0.0)

    def take(self, code: str) -> bool:
        """Whether the code was good; from now on it is not."""
        good = self.is_good(code)
        self._ends.pop(code, None)
        return good
