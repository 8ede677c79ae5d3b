"""From words to a deed and an answer aloud: which reading was meant, what comes of it, and saying so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from homebody.assistant.turn import Turn
from homebody.assistant.voice import readings
from homebody.assistant.voice.hearing import Hearing
from homebody.assistant.voice.mouth import Mouth, Said
from homebody.assistant.voice.receipt import SpokenReceipt, ms_between
from homebody.core.clock import Clock
from homebody.core.errors import HomebodyError
from homebody.home.label import Language
from homebody.home.outcome import Status
from homebody.speech.recognition import Recognition

_log = logging.getLogger(__name__)

WORKING_S = 2.5
"""Seconds without an answer after which it says that it is still working on it."""

_WORKING = {"zh": "稍等，我还在想。", "en": "One moment, I'm still working on it."}
OPENING: Mapping[Language, str] = {"zh": "好的。", "en": "Okay."}
"""What a reply begins with where all that was asked was done: it is made beforehand and heard at once, while
the rest is made."""
_FAILED = {"zh": "刚才没做成，请再说一遍。", "en": "That went wrong. Please say it again."}
_DEAF = {"zh": "我现在听不了，请打字。", "en": "I cannot hear right now. Please type it."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a session needs of a turn: its id, what to say, and the milliseconds of its stages.

    ``done`` where something was changed, and all that was asked was done, as read back.
    """

    id: str
    reply: str
    ms: Mapping[str, float]
    done: bool = False

    @classmethod
    def of(cls, turn: Turn) -> Answer:
        outcomes = [each.outcome for each in turn.results if each.outcome is not None]
        changed = any(each.status is Status.DONE and each.detail != "already" for each in outcomes)
        return cls(id=turn.id, reply=turn.reply, ms=turn.receipt.ms, done=turn.status == "done" and changed)

    @classmethod
    def of_json(cls, turn: Mapping[str, Any]) -> Answer:
        """Of a turn that came through a door."""
        outcomes = [each["outcome"] for each in turn["results"] if each.get("outcome")]
        changed = any(each["status"] == Status.DONE and each.get("detail") != "already" for each in outcomes)
        return cls(
            id=turn["id"],
            reply=turn["reply"],
            ms=turn["receipt"]["ms"],
            done=turn["status"] == "done" and changed,
        )

    def aloud(self, language: Language) -> str:
        """What is said of it."""
        if not self.done:
            return self.reply
        return OPENING[language] + ("" if language == "zh" else " ") + self.reply


class Ask(Protocol):
    """Answers a sentence; never raises. None where that failed."""

    def __call__(self, text: str, language: Language, /) -> Awaitable[Answer | None]: ...


class Answering:
    """``show`` is told when it thinks and when it speaks, ``heard`` the words that were taken."""

    def __init__(
        self,
        *,
        read: readings.Read,
        ask: Ask,
        mouth: Mouth,
        clock: Clock,
        heard: Callable[[str], None],
        show: Callable[[Literal["thinking", "speaking"]], None],
        voices: Mapping[Language, str],
        language: Language,
    ) -> None:
        self._read = read
        self._ask = ask
        self._mouth = mouth
        self._clock = clock
        self._heard = heard
        self._show = show
        self._voices = voices
        self._language: Language = language
        self._choice: readings.Choice | None = None

    async def answer(self, hearing: Hearing, recognition: Recognition) -> SpokenReceipt | None:
        """Until the answer was said; its receipt, None where it was asked what was meant."""
        self._language = language = recognition.language
        choice = readings.choose(recognition.hypotheses, self._read)
        assert choice is not None, "empty words were let be"
        pending, self._choice = self._choice, None
        text = choice.text
        if pending is not None and pending.other is not None:
            text = readings.answer(text, pending.text, pending.other) or text
        elif choice.other is not None:
            self._choice = choice
            await self.say(readings.question(choice, language))
            return None
        self._heard(text)
        self._show("thinking")
        receipt = hearing.receipt
        receipt.text = text
        answer = await self._answer(text, language)
        if answer is not None:
            _enter(receipt, answer, done=ms_between(hearing.ended_at, self._clock.monotonic()))
        said = await self.say(answer.aloud(language) if answer is not None else _FAILED[language])
        receipt.stopped = said.stopped
        if said.first_at is not None and said.last_at is not None:
            receipt.first_audio = ms_between(hearing.ended_at, said.first_at)
            receipt.last_audio = ms_between(hearing.ended_at, said.last_at)
        return receipt

    async def say_deaf(self) -> None:
        """Recognising failed."""
        await self.say(_DEAF[self._language])

    async def say(self, text: str, language: Language | None = None) -> Said:
        """Until it was said or stopped. A voice that fails says nothing: the deed is done all the same."""
        self._show("speaking")
        try:
            return await self._mouth.say(text, voice=self._voices.get(language or self._language))
        except HomebodyError:
            _log.exception("the reply could not be spoken")
            return Said()

    async def _answer(self, text: str, language: Language) -> Answer | None:
        """The answer; meanwhile, if it takes long, a word that it is being worked on."""
        asked = asyncio.ensure_future(self._ask(text, language))
        sleep = asyncio.ensure_future(self._clock.sleep(WORKING_S))
        await asyncio.wait((asked, sleep), return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            await self.say(_WORKING[language])
        sleep.cancel()
        return await asked


def _enter(receipt: SpokenReceipt, answer: Answer, *, done: float) -> None:
    """What the turn's own receipt says, counted from the end of speech; ``done`` is when it was answered."""
    total = answer.ms.get("total", 0.0)
    before = answer.ms.get("grammar", 0.0) + answer.ms.get("model", 0.0)
    receipt.turn = answer.id
    receipt.understood = round(done - total + before, 1)
    receipt.acted = round(done - answer.ms.get("reply", 0.0), 1)
