"""Waiting for tasks by Homebody's own clock, so that tests can turn it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from homebody.core.clock import Clock


async def wait(tasks: Collection[asyncio.Task[Any]], clock: Clock, seconds: float) -> bool:
    """Wait until all tasks have ended or ``seconds`` have passed; whether all have ended.

    Nothing is cancelled and no result is read: both are the caller's to decide.
    """
    pending = {task for task in tasks if not task.done()}
    if not pending:
        return True
    if seconds <= 0:
        return False
    alarm = asyncio.create_task(clock.sleep(seconds))
    try:
        while pending and not alarm.done():
            await asyncio.wait({*pending, alarm}, return_when=asyncio.FIRST_COMPLETED)
            pending = {task for task in pending if not task.done()}
    finally:
        alarm.cancel()
    return not pending
