"""What devices tell by themselves, let in at a rate that one of them cannot raise.

A device may tell of BURST changes at once and then of RATE a second; what comes faster is put together, the
latest value of each function counting, and let in a moment later. So a device that floods costs no more than
a lively one, and what it told last is known within a tenth of a second. After a command, WANTED changes are
let in at once whatever came before: they may be what it caused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from homebody.core.clock import Clock
from homebody.home.function import Value

BURST = 20
RATE = 10.0  # a second
WANTED = 3.0  # changes that one command may cause

Values = Mapping[str, Value] | None
"""None: the device was seen to go away."""


class Influx:
    """The door of one device. ``let_in`` is called in the order of what was told."""

    def __init__(self, let_in: Callable[[Values], None], clock: Clock) -> None:
        self._let_in = let_in
        self._clock = clock
        self._allowance = float(BURST)
        self._at = clock.monotonic()
        self._held: list[Values] = []  # at most two: that it went away, and what came after
        self._letting: asyncio.Task[None] | None = None

    def tell(self, values: Values) -> None:
        """Let it in now, or hold it for a moment. Called in the event loop."""
        now = self._clock.monotonic()
        self._allowance = min(BURST, self._allowance + (now - self._at) * RATE)
        self._at = now
        if not self._held and self._allowance >= 1:
            self._allowance -= 1
            self._let_in(values)
            return
        self._hold(values)
        if self._letting is None:
            self._letting = asyncio.ensure_future(self._later((1 - self._allowance) / RATE))

    def supersede(self, values: Mapping[str, Value]) -> None:
        """These were just read: what was told of them before is older, and no longer let in."""
        self._held = [
            None if held is None else {name: held[name] for name in held if name not in values}
            for held in self._held
        ]

    def catch_up(self) -> None:
        """A command comes: what is held was told before it, and is let in; so is at once what it causes."""
        self._allowance = max(self._allowance, WANTED)
        self._let_in_held()

    def _let_in_held(self) -> None:
        held, self._held = self._held, []
        for values in held:
            self._let_in(values)

    def close(self) -> None:
        """Forget what is held."""
        self._held.clear()
        if self._letting is not None:
            self._letting.cancel()
            self._letting = None

    def _hold(self, values: Values) -> None:
        if values is None:
            self._held = [None]
        elif self._held and self._held[-1] is not None:
            self._held[-1] = {**self._held[-1], **values}
        else:
            self._held.append(values)

    async def _later(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._letting = None
        if self._held:
            self._allowance = 0.0
            self._at = self._clock.monotonic()
            self._let_in_held()
