"""What is known while the clauses of one sentence are read, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from homebody.assistant.context import Context
from homebody.assistant.plan import NOW, Command, Problem, ProblemKind, Step, When
from homebody.assistant.understanding.reading.frame import Frame
from homebody.assistant.understanding.wishes.states import States
from homebody.assistant.understanding.words.normalise import Normalised
from homebody.home.device import Device
from homebody.home.label import Language

_LATIN_WORD = re.compile(r"[A-Za-z]+")


def language_of_sentence(text: str) -> Language:
    """Chinese if it has at least as many Chinese characters as Latin words: names are often mixed in."""
    chinese = sum("\u3400" <= character <= "\u9fff" for character in text)
    return "zh" if chinese and chinese >= len(_LATIN_WORD.findall(text)) else "en"


@dataclass(slots=True)
class Sentence:
    """``area``, ``devices``, ``frame`` and ``kept`` are of the clauses before; ``when`` and ``condition``
    hold until the sentence ends. ``prefer`` are device ids that a person chose between when asked."""

    text: Normalised
    language: Language
    context: Context
    states: States
    now: datetime
    prefer: frozenset[str] = frozenset()
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    say: str | None = None
    confidence: float = 1.0
    area: str | None = None
    devices: list[Device] = field(default_factory=list)
    frame: Frame | None = None
    kept: set[str] = field(default_factory=set)
    kept_areas: list[str] = field(default_factory=list)
    later: frozenset[str] = frozenset()
    """Areas of the clause that follows by "and"."""
    when: When = NOW
    condition: When | None = None
    condition_words: str = ""
    failed_condition: bool = False
    beyond: bool = False
    """It asks what nothing in the home tells."""
    contradictory: bool = False
    """It takes back what it says: so clearly that nothing was misheard."""
    notes: list[dict[str, Any]] = field(default_factory=list)

    def fresh(self, text: Normalised) -> Sentence:
        """The same sentence before it was read, in other words."""
        return Sentence(text=text, language=self.language, context=self.context, states=self.states,
                        now=self.now, prefer=self.prefer)  # fmt: skip

    def words(self, frame: Frame) -> str:
        return self.text.words(frame.start, frame.end)

    def doubt(self, factor: float) -> None:
        self.confidence *= factor

    def problem(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def fail(self, kind: ProblemKind, words: str, doubt: float = 1.0, *, area: str | None = None) -> None:
        self.problem(Problem(kind=kind, words=words, area=area))
        self.doubt(doubt)

    def place(self, devices: list[Device]) -> None:
        """These devices were spoken of."""
        self.devices = devices
        areas = {device.area for device in devices}
        self.area = areas.pop() if len(areas) == 1 else self.area

    @property
    def commands(self) -> list[Command]:
        return [step for step in self.steps if isinstance(step, Command)]
