"""Who hears the clips: Homebody as it is, and without the home's words. The peer is in `peer`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from homebody.assistant.plan import Plan
from homebody.assistant.voice import readings
from homebody.home.label import Language
from homebody.speech.audio import Audio
from homebody.speech.recognition import Hints, Recogniser


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """``text`` is what would be acted on, ``plan`` what that does; ``asked`` where two readings differed."""

    text: str
    plan: Plan
    ms: float
    asked: bool = False


class Listener(Protocol):
    @property
    def title(self) -> str: ...

    def hear(self, audio: Audio, language: Language) -> Heard:
        """The words, and what the home makes of them. ``language`` is told to who cannot find it out."""


Read = Callable[[str], Plan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Homebody:
    """As in a spoken turn: several readings, the home's words expected, the reading that the home can do."""

    recogniser: Recogniser
    read: Read
    phrases: tuple[str, ...]
    title: str = "Homebody"

    def hear(self, audio: Audio, language: Language) -> Heard:  # noqa: ARG002 - it finds out
        heard = self.recogniser.recognise(audio, Hints(phrases=self.phrases, alternatives=readings.MOST))
        choice = readings.choose(heard.hypotheses, self.read)
        if choice is None:
            return Heard(text="", plan=self.read(""), ms=heard.ms)
        return Heard(text=choice.text, plan=choice.plan, ms=heard.ms, asked=choice.other is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The same recogniser, which knows no home."""

    recogniser: Recogniser
    read: Read
    title: str = "without the home's words"

    def hear(self, audio: Audio, language: Language) -> Heard:  # noqa: ARG002
        heard = self.recogniser.recognise(audio)
        return Heard(text=heard.text, plan=self.read(heard.text), ms=heard.ms)
