"""Keeps one connection: made, held as long as it lasts, and made again with growing pauses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from homebody.core.clock import Clock
from homebody.core.errors import DeviceError, NetworkRefusedError, UnreachableError
from homebody.home.deadline import within
from homebody.home.network.backoff import Backoff

_log = logging.getLogger(__name__)


class Hold(Protocol):
    """Connects, calls ``up`` once that is done, and returns or raises when the connection is no more."""

    def __call__(self, up: Callable[[], None], /) -> Awaitable[None]: ...


class Keeper:
    """One task that calls ``hold`` again and again until ``stop``.

    ``lost`` is told why after each end, and ``problem`` says it until the connection is up again. A ``hold``
    that ends for another reason than ``DeviceError``, ``OSError`` or a refusal of the network gate has a
    defect: it is logged with its trace, and tried again all the same.
    """

    def __init__(
        self,
        hold: Hold,
        clock: Clock,
        *,
        name: str,
        lost: Callable[[str], None] = lambda _reason: None,
        backoff: Backoff | None = None,
    ) -> None:
        self._hold = hold
        self._clock = clock
        self._name = name
        self._lost = lost
        self._backoff = backoff or Backoff()
        self._nudged = asyncio.Event()
        self._up = asyncio.Event()
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.problem = "not started"

    @property
    def is_up(self) -> bool:
        return self._up.is_set()

    async def reached(self) -> None:
        """Wait for it; if it is away, try it at once. Raises ``UnreachableError`` if that fails."""
        if self._up.is_set():
            return
        if self._task is None:
            raise UnreachableError(self.problem)
        self._ended.clear()
        self.nudge()
        ways = [asyncio.ensure_future(self._up.wait()), asyncio.ensure_future(self._ended.wait())]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
        if not self._up.is_set():
            raise UnreachableError(self.problem)

    def start(self) -> None:
        """Begin in the background, in the context of the caller (and so for its network purpose)."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=f"keeper of {self._name}")

    def nudge(self) -> None:
        """There is reason to think that it can be reached: do not wait for the end of the pause."""
        self._nudged.set()

    async def stop(self) -> None:
        """End it, and wait until it has."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait((task,))
        self._up.clear()

    async def _run(self) -> None:
        while True:
            reason = "the connection ended"
            try:
                await self._hold(self._is_made)
            except (DeviceError, NetworkRefusedError, OSError) as error:
                reason = str(error) or type(error).__name__
            except Exception as error:
                _log.exception("keeping the connection to %s failed", self._name)
                reason = repr(error)
            if self._task is None:  # stopped: an error of that very moment may hide the cancellation
                return
            self._up.clear()
            self.problem = reason
            self._ended.set()
            self._lost(reason)
            self._nudged.clear()
            with contextlib.suppress(TimeoutError):
                await within(self._clock, self._backoff.next(), self._wait())

    def _is_made(self) -> None:
        self._backoff.reset()
        self.problem = ""
        self._up.set()

    async def _wait(self) -> None:
        await self._nudged.wait()
