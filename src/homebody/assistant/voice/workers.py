"""A thread for each engine that blocks: recognising and speaking never wait for each other.

Engines are used from one thread at a time (docs/speech.md). What waits is bounded: a session has at most one
utterance being recognised beforehand and one being answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from homebody.core.gate import ContextExecutor

T = TypeVar("T")


class Workers:
    """``close`` at the end; then what still runs is let finish by itself."""

    def __init__(self) -> None:
        self._hear = ContextExecutor(max_workers=1, thread_name_prefix="homebody-hear")
        self._speak = ContextExecutor(max_workers=1, thread_name_prefix="homebody-speak")

    async def hear(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._hear, work)

    async def speak(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._speak, work)

    def close(self) -> None:
        for pool in (self._hear, self._speak):
            pool.shutdown(wait=False, cancel_futures=True)
