"""A reply as sound: clause by clause, as far ahead of the loudspeaker as is useful, stopped at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol, TypeVar

from homebody.core.clock import Clock
from homebody.speech.audio import Audio
from homebody.speech.synthesis import Spoken, Synthesiser

AHEAD_S = 1.5
"""Sound that is sent before it is due: enough for a gap in the network, little to throw away."""
PIECE_S = 0.25
"""Sound that is handed out at once."""
ECHO_S = 0.6
"""So long after its end a sound may still be heard in the room."""

T = TypeVar("T")
Work = Callable[[Callable[[], T]], Awaitable[T]]
"""Runs something that blocks, in a thread of its own."""


class Output(Protocol):
    """A loudspeaker."""

    async def play(self, audio: Audio, text: str) -> None:
        """Take the next piece of sound; ``text`` is the clause that it begins, empty within one."""

    async def hush(self) -> None:
        """Throw away what is not played yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What became of a reply: monotonic times of its first and last sound, and whether it was broken off."""

    first_at: float | None = None
    last_at: float | None = None
    stopped: bool = False


class Mouth:
    """Says one thing at a time."""

    def __init__(
        self, synthesiser: Synthesiser, output: Output, clock: Clock, work: Work[Spoken | None]
    ) -> None:
        self._synthesiser = synthesiser
        self._output = output
        self._clock = clock
        self._work = work
        self._stop = asyncio.Event()
        self._playing_until = 0.0
        self._saying = ""
        self._lately = ""

    @property
    def speaking(self) -> bool:
        """Sound of ours is in the room, or about to be."""
        return bool(self._saying)

    def said_lately(self) -> str:
        """The words that the microphone may be hearing from us; empty where we are silent."""
        if self._saying or self._clock.monotonic() < self._playing_until + ECHO_S:
            return self._lately
        return ""

    def stop(self) -> None:
        """Be silent now."""
        self._stop.set()

    async def say(self, text: str, *, voice: str | None = None) -> Said:
        """Until the last sound was played, or it was stopped. Raises EngineError where the engine fails."""
        if not text.strip():
            return Said()
        self._stop.clear()
        self._saying = self._lately = text
        first_at: float | None = None
        try:
            async with aclosing(self._clauses(text, voice)) as clauses:
                async for clause in clauses:
                    for piece, words in _pieces(clause):
                        if not await self._due():
                            return await self._broken_off(first_at)
                        now = self._clock.monotonic()
                        first_at = now if first_at is None else first_at
                        self._playing_until = max(now, self._playing_until) + piece.seconds
                        await self._output.play(piece, words)
            if not await self._wait(self._playing_until - self._clock.monotonic()):
                return await self._broken_off(first_at)
            return Said(first_at=first_at, last_at=self._playing_until)
        finally:
            self._saying = ""

    async def _due(self) -> bool:
        """Wait until the next piece is wanted; False where it is not any more."""
        return await self._wait(self._playing_until - self._clock.monotonic() - AHEAD_S)

    async def _wait(self, seconds: float) -> bool:
        """Whether so much time passed without a stop."""
        if seconds > 0 and not self._stop.is_set():
            sleep = asyncio.ensure_future(self._clock.sleep(seconds))
            stop = asyncio.ensure_future(self._stop.wait())
            await asyncio.wait((sleep, stop), return_when=asyncio.FIRST_COMPLETED)
            sleep.cancel()
            stop.cancel()
        return not self._stop.is_set()

    async def _broken_off(self, first_at: float | None) -> Said:
        now = self._clock.monotonic()
        self._playing_until = min(self._playing_until, now)
        await self._output.hush()
        return Said(first_at=first_at, last_at=now if first_at is not None else None, stopped=True)

    async def _clauses(self, text: str, voice: str | None) -> AsyncGenerator[Spoken, None]:
        """Each clause as it is made; the next one is made while this one is played."""
        made = self._synthesiser.say(text, voice=voice)
        ahead = asyncio.ensure_future(self._work(lambda: _next(made)))
        try:
            while (clause := await ahead) is not None:
                ahead = asyncio.ensure_future(self._work(lambda: _next(made)))
                yield clause
        finally:
            await asyncio.gather(ahead, return_exceptions=True)  # an iterator that works cannot be closed
            close = getattr(made, "close", None)
            if close is not None:
                close()


def _next(made: Iterator[Spoken]) -> Spoken | None:
    return next(made, None)


def _pieces(clause: Spoken) -> Iterator[tuple[Audio, str]]:
    """The clause in short pieces; the first brings its words."""
    audio = clause.audio
    size = round(PIECE_S * audio.rate)
    for start in range(0, len(audio.samples), size):
        piece = Audio(samples=audio.samples[start : start + size], rate=audio.rate)
        yield piece, clause.text if start == 0 else ""
