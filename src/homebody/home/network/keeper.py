"""Keeps one connection: made, held as long as it lasts, and made again with growing pauses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from homebody.core.clock import Clock
from homebody.core.errors import DeviceError, NetworkRefusedError
from homebody.home.deadline import within
from homebody.home.network.backoff import Backoff

_log = logging.getLogger(__name__)


class Hold(Protocol):
    """Connects, calls ``up`` once that is done, and returns or raises when the connection is no more."""

    def __call__(self, up: Callable[[], None], /) -> Awaitable[None]: ...


class Keeper:
    """One task that calls ``hold`` again and again until ``stop``.

    ``lost`` is told why after each end. A ``hold`` that ends for another reason than ``DeviceError``,
    ``OSError`` or a refusal of the network gate has a defect: it is logged with its trace, and tried again
    all the same.
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
        self._task: asyncio.Task[None] | None = None

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

    async def _run(self) -> None:
        while True:
            reason = "the connection ended"
            try:
                await self._hold(self._backoff.reset)
            except (DeviceError, NetworkRefusedError, OSError) as error:
                reason = str(error) or type(error).__name__
            except Exception as error:
                _log.exception("keeping the connection to %s failed", self._name)
                reason = repr(error)
            if self._task is None:  # stopped: an error of that very moment may hide the cancellation
                return
            self._lost(reason)
            self._nudged.clear()
            with contextlib.suppress(TimeoutError):
                await within(self._clock, self._backoff.next(), self._wait())

    async def _wait(self) -> None:
        await self._nudged.wait()
