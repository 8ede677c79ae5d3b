"""Every clip, in every condition, by every listener."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from homebody.home.label import Language
from homebody.lab.judge import judge
from homebody.lab.voice.clips import VOICES, Clips
from homebody.lab.voice.conditions import Condition, heard
from homebody.lab.voice.listeners import Heard, Listener
from homebody.lab.voice.selection import Command
from homebody.speech.audio import HEARING_HZ, joined, silence
from homebody.speech.reading import chinese, english

EDGE_S = 0.25
"""Silence before and after each clip, as the endpoint leaves it."""
_MARKS = re.compile(r"[^\w\u4e00-\u9fff%°']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``distance`` of ``units`` (characters of Chinese, words of English) were wrong; ``right`` is the plan.

    ``acted_wrong``: it would have changed something, and not what was asked.
    """

    language: Language
    condition: str
    listener: str
    voice: str
    right: bool
    acted_wrong: bool
    asked: bool
    distance: int
    units: int
    seconds: float
    ms: float
    said: str
    heard: str


def run(
    commands: Sequence[Command],
    clips: Clips,
    conditions: Sequence[Condition],
    listeners: Sequence[Listener],
    watch: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """One result after the other; ``watch`` is told of each."""
    for number, command in enumerate(commands):
        for voice in VOICES[command.language]:
            clip = clips.get(command.case.say, voice).at(HEARING_HZ)
            for condition in conditions:
                sound = heard(joined([silence(EDGE_S), clip, silence(EDGE_S)]), condition, seed=number)
                for listener in listeners:
                    got = listener.hear(sound, command.language)
                    yield _judged(command, voice, condition, listener, sound.seconds, got)
                    watch()


def _judged(
    command: Command, voice: str, condition: Condition, listener: Listener, seconds: float, got: Heard
) -> Result:
    wanted, said = (units(text, command.language) for text in (command.case.say, got.text))
    right = judge(got.plan, command.case).exact and not got.asked
    acts = any(step.do == "command" for step in got.plan.steps)
    return Result(
        language=command.language,
        condition=condition.id,
        listener=listener.title,
        voice=voice,
        right=right,
        acted_wrong=acts and not right and not got.asked,
        asked=got.asked,
        distance=Levenshtein.distance(wanted, said),
        units=len(wanted),
        seconds=seconds,
        ms=got.ms,
        said=command.case.say,
        heard=got.text,
    )


def units(text: str, language: Language) -> list[str]:
    """Characters of Chinese or words of English, without marks, with figures as they are said.

    A recogniser writes 26 where somebody said 二十六; that is no error.
    """
    spelt = chinese.read(text) if language == "zh" else english.read(text)
    clean = _MARKS.sub(" ", spelt.lower()).strip()
    return list(clean.replace(" ", "")) if language == "zh" else clean.split()
