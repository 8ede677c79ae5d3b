"""The clauses of a reply, each made while the one before it is played."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from homebody.speech.synthesis import Spoken

T = TypeVar("T")
Work = Callable[[Callable[[], T]], Awaitable[T]]
"""Runs something that blocks, in a thread of its own."""


class Ahead:
    """``made`` is what a synthesiser says; it is asked for the next clause in ``work`` alone."""

    def __init__(self, made: Iterator[Spoken], work: Work[Spoken | None]) -> None:
        self._made = made
        self._work = work
        self.coming: asyncio.Future[Spoken | None] = self._begin()

    def take(self) -> Spoken | None:
        """What ``coming`` brought; the next one is begun. None at the end. Raises what the engine raised."""
        clause = self.coming.result()
        if clause is not None:
            self.coming = self._begin()
        return clause

    async def close(self) -> None:
        """Stop the engine, once it has finished the clause that it is at: it cannot be stopped within one."""
        await asyncio.gather(self.coming, return_exceptions=True)
        close = getattr(self._made, "close", None)
        if close is not None:
            close()

    def _begin(self) -> asyncio.Future[Spoken | None]:
        return asyncio.ensure_future(self._work(lambda: next(self._made, None)))
