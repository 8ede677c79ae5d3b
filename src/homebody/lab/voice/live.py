"""In real time, through a whole session: from the last word to the deed and to the answer.

Sound comes as a microphone brings it, and time passes; nothing is taken from recordings of times.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from homebody.assistant.assistant import Assistant
from homebody.assistant.turn import SPOKEN, Utterance
from homebody.assistant.voice.answering import Answer
from homebody.assistant.voice.phrases import phrases_of_home
from homebody.assistant.voice.receipt import SpokenReceipt
from homebody.assistant.voice.session import Engines, Session, State
from homebody.assistant.voice.shared import Loaded
from homebody.assistant.voice.workers import Workers
from homebody.home.label import Language
from homebody.speech.audio import HEARING_HZ, Audio, Samples, joined, silence

_PIECE = 512
AFTER_S = 1.2
"""Silence after each sentence, in which the turn has to be over."""


@dataclass(slots=True)
class _Ear:
    """Keeps the receipts, and the moment of silence."""

    clock: Callable[[], float]
    receipts: list[SpokenReceipt] = field(default_factory=list)
    speaking: asyncio.Event = field(default_factory=asyncio.Event)
    hushed_at: float | None = None

    async def play(self, audio: Audio, text: str) -> None:  # noqa: ARG002 - nobody is there to hear it
        self.speaking.set()

    async def hush(self) -> None:
        self.hushed_at = self.clock()

    def state(self, state: State) -> None: ...

    def heard(self, text: str, *, final: bool) -> None: ...

    def spoken(self, receipt: SpokenReceipt) -> None:
        self.receipts.append(receipt)

    def earcon(self, name: Literal["listening", "gave_up"]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One assistant and its engines, for as many sessions as are wanted."""

    assistant: Assistant
    loaded: Loaded
    workers: Workers

    def session(self, ear: _Ear, reply: str = "") -> Session:
        """``reply`` is said instead of the turn's own, where one is given."""
        conversation = self.assistant.conversation()

        async def ask(text: str, language: Language) -> Answer:
            said = Utterance(text=text, language=language, channel=SPOKEN)
            turn = await self.assistant.turn(said, conversation)
            answer = Answer.of(turn)
            return replace(answer, reply=reply, done=False) if reply else answer

        return Session(
            engines=Engines(
                recogniser=self.loaded.recogniser,
                synthesiser=self.loaded.synthesiser,
                activity=self.loaded.new_activity(),
            ),
            workers=self.workers,
            clock=self.assistant.clock,
            read=lambda text: (
                self.assistant.understanding.read(text, conversation.context(None), spoken=True).plan
            ),
            ask=ask,
            output=ear,
            told=ear,
            phrases=phrases_of_home(self.assistant.home),
        )

    async def turn(self, clip: Audio) -> SpokenReceipt | None:
        """One sentence, heard in real time; None where nothing was understood to be said."""
        ear = _Ear(self.assistant.clock.monotonic)
        session = self.session(ear)
        session.begin()
        await session.run(_in_time(joined([silence(0.3), clip.at(HEARING_HZ), silence(AFTER_S)])))
        return ear.receipts[0] if ear.receipts else None

    async def barge_in(self, clip: Audio, into: str) -> float | None:
        """Milliseconds from speaking into a long answer to silence; None where it did not fall silent."""
        ear = _Ear(self.assistant.clock.monotonic)
        session = self.session(ear, reply=into)
        began_at = 0.0
        speech = clip.at(HEARING_HZ)

        async def sound() -> AsyncIterator[Samples]:
            nonlocal began_at
            async for piece in _in_time(joined([speech, silence(AFTER_S)])):
                yield piece
            async with asyncio.timeout(60):
                while not ear.speaking.is_set():
                    async for piece in _in_time(silence(0.2)):
                        yield piece
            began_at = self.assistant.clock.monotonic() + _onset(speech)
            async for piece in _in_time(joined([speech, silence(0.4)])):
                yield piece
            session.cancel()

        session.begin()
        await session.run(sound())
        return None if ear.hushed_at is None else (ear.hushed_at - began_at) * 1000


def _onset(speech: Audio, loud: float = 0.02) -> float:
    """Seconds of silence before the first sound of a clip."""
    above = (abs(speech.samples) > loud).nonzero()[0]
    return float(above[0]) / speech.rate if len(above) else 0.0


async def _in_time(audio: Audio) -> AsyncIterator[Samples]:
    """Pieces as a microphone brings them."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for start in range(0, len(audio.samples), _PIECE):
        yield audio.samples[start : start + _PIECE]
        due = began + (start + _PIECE) / audio.rate
        await asyncio.sleep(max(0.0, due - loop.time()))


async def turns(stage: Stage, clips: Sequence[Audio]) -> list[SpokenReceipt]:
    """The receipts of these sentences, one after the other."""
    found = [await stage.turn(clip) for clip in clips]
    return [receipt for receipt in found if receipt is not None]
