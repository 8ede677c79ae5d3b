"""One after the other: the turns of those who want the same device."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from homebody.core.clock import Clock
from homebody.home.deadline import within


class Line:
    """Turns in the order in which they were asked for; ``waiting`` is how many wait now.

    Each turn ends when its own work has ended and the one before it too. So one that gives up waiting, or is
    cancelled at any moment, neither lets the next one in early nor blocks it for ever.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self._last: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def turn(self, clock: Clock, seconds: float) -> AsyncIterator[None]:
        """Wait for one's turn at most so long, and have it inside. Raises ``TimeoutError``."""
        previous, mine = self._last, asyncio.get_running_loop().create_future()
        self._last = mine
        try:
            if previous is not None and not previous.done():
                self.waiting += 1
                try:
                    await within(clock, seconds, _ended(previous))
                finally:
                    self.waiting -= 1
            yield
        finally:
            if previous is None or previous.done():
                mine.set_result(None)
            else:
                previous.add_done_callback(lambda _: mine.set_result(None))


async def _ended(turn: asyncio.Future[None]) -> None:
    await asyncio.wait((turn,))
