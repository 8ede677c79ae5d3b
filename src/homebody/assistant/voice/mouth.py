"""A reply as sound: clause by clause, as far ahead of the loudspeaker as is useful, stopped at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from homebody.assistant.voice.ahead import Ahead, Work
from homebody.core.clock import Clock
from homebody.speech.audio import Audio
from homebody.speech.synthesis import Spoken, Synthesiser

AHEAD_S = 1.5
"""Sound that is sent before it is due: enough for a gap in the network, little to throw away."""
PIECE_S = 0.25
"""Sound that is handed out at once."""
ECHO_S = 0.6
"""So long after its end a sound may still be heard in the room."""


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
        self._leaving: set[asyncio.Task[None]] = set()

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
        clauses = Ahead(self._synthesiser.say(text, voice=voice), self._work)
        try:
            while await self._before_stop(clauses.coming):
                clause = clauses.take()
                if clause is None:
                    break
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
            self._leave(clauses)

    async def close(self) -> None:
        """Be silent, and wait until the engine is free."""
        self.stop()
        await asyncio.gather(*self._leaving)

    async def _due(self) -> bool:
        """Wait until the next piece is wanted; False where it is not any more."""
        return await self._wait(self._playing_until - self._clock.monotonic() - AHEAD_S)

    async def _wait(self, seconds: float) -> bool:
        """Whether so much time passed without a stop."""
        if seconds <= 0 or self._stop.is_set():
            return not self._stop.is_set()
        sleep = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            return await self._before_stop(sleep)
        finally:
            sleep.cancel()

    async def _before_stop(self, coming: asyncio.Future[Any]) -> bool:
        """Whether it came, and no stop before it."""
        stop = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait((coming, stop), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
        return not self._stop.is_set()

    def _leave(self, clauses: Ahead) -> None:
        """Nobody waits for an engine that is in the middle of a clause which is not wanted any more."""
        task = asyncio.ensure_future(clauses.close())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _broken_off(self, first_at: float | None) -> Said:
        now = self._clock.monotonic()
        self._playing_until = min(self._playing_until, now)
        await self._output.hush()
        return Said(first_at=first_at, last_at=now if first_at is not None else None, stopped=True)


def _pieces(clause: Spoken) -> Iterator[tuple[Audio, str]]:
    """The clause in short pieces; the first brings its words."""
    audio = clause.audio
    size = round(PIECE_S * audio.rate)
    for start in range(0, len(audio.samples), size):
        piece = Audio(samples=audio.samples[start : start + size], rate=audio.rate)
        yield piece, clause.text if start == 0 else ""
