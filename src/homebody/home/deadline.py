"""Waiting for something no longer than a deadline, by a clock that tests can turn."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from homebody.core.clock import Clock

T = TypeVar("T")


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, or ``TimeoutError`` after so many seconds; then ``work`` is cancelled.

    Not ``asyncio.timeout``, which knows only the loop's own time. Work that does not heed its cancellation is
    left behind, not waited for.
    """
    task = asyncio.ensure_future(work)
    alarm = asyncio.ensure_future(clock.sleep(max(seconds, 0.0)))
    try:
        await asyncio.wait((task, alarm), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        alarm.cancel()
        if not task.done():
            task.cancel()
            task.add_done_callback(_forget)


async def settled(clock: Clock, seconds: float, future: asyncio.Future[T]) -> T:
    """The result of a future that somebody else settles, or ``TimeoutError``; the future is left as it is."""
    if future.done():
        return future.result()
    alarm = asyncio.ensure_future(clock.sleep(max(seconds, 0.0)))
    try:
        await asyncio.wait((future, alarm), return_when=asyncio.FIRST_COMPLETED)
    finally:
        alarm.cancel()
    if not future.done():
        raise TimeoutError
    return future.result()


def _forget(task: asyncio.Future[Any]) -> None:
    """Take a late error off the task, so that the loop does not complain that nobody did."""
    if not task.cancelled():
        task.exception()
