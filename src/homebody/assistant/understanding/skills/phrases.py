"""Skills in a text: phrase after phrase, and nothing left over; else it is no matter of the robot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from homebody.assistant.understanding.words.normalise import fold
from homebody.home.device import Home
from homebody.home.function import Value
from homebody.robot.skills.table import SKILLS

ADAPTER = "cyberdog"
"""Devices of this adapter have skills."""

Arguments = Mapping[str, Value]

_FILLERS = (
    r"请|你|让|帮我|给我|先|然后|接着|再|之后|就|那|那么|并且|并|还有|最后|一下|吧|呢|啊|好吗|的时候"
    r"|please|and|then|now|you|can you|could you|would you|first|after that|next|finally|also|there"
)
_NUMBERS = {"一": 1.0, "两": 2.0, "二": 2.0, "三": 3.0, "四": 4.0, "五": 5.0, "半": 0.5,
            "a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
            "half a": 0.5}  # fmt: skip
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[一两二三四五半]|one|two|three|four|five|half a|a)"


@dataclass(frozen=True, slots=True)
class _Phrase:
    skill: str
    pattern: re.Pattern[str]
    arguments: Callable[[re.Match[str]], Arguments]


def _said(*words: str) -> str:
    """Any of these words; English ones as whole words."""
    ordered = sorted({fold(word) for word in words if word}, key=len, reverse=True)
    return "|".join(rf"\b{re.escape(w)}\b" if w[0].isascii() else re.escape(w) for w in ordered)


def _number(match: re.Match[str]) -> float:
    text = match["number"]
    return _NUMBERS[text] if text in _NUMBERS else float(text)


class SkillPhrases:
    """The phrases of one home; ``offered`` says whether it has a robot with skills."""

    def __init__(self, home: Home) -> None:
        robots = [device for device in home.devices if device.adapter == ADAPTER]
        self.offered = bool(robots)
        self._phrases: list[_Phrase] = []
        if not robots:
            return
        calls = [name for robot in robots for name in (*robot.name.all(), *robot.aliases)]
        self._skip = re.compile(rf"(?:[\s,.!?;:、]+|{_said(*calls)}|\b(?:the|your|my)\b|(?:{_fillers()}))+")
        areas = {fold(n): a.id for a in home.areas for n in (*a.name.all(), *a.aliases)}
        floors = {
            fold(n): ",".join(area.id for area in home.areas if area.floor == floor.id)
            for floor in home.floors
            for n in (*floor.name.all(), *floor.aliases)
        }
        drawn = {room.area for layout in home.plan.floors for room in layout.rooms} if home.plan else set()
        floors = {name: ids for name, ids in floors.items() if ids}
        everywhere = ",".join(area.id for area in home.areas if area.id in drawn)
        self._add_places(areas, floors, everywhere)
        self._add_amounts()
        for skill in SKILLS.values():
            needs = [p for p in skill.parameters if p.type != "number"]
            if not needs or skill.id == "come":
                self._add(skill.id, _said(skill.name.zh, skill.name.en, *skill.said))

    def read(self, text: str, area: str | None) -> list[tuple[str, Arguments]]:
        """The skills that a normalised text asks for, in order; none if anything else is in it. ``area`` is
        where the speaker is."""
        if not self.offered:
            return []
        found: list[tuple[str, Arguments]] = []
        at = 0
        while at < len(text):
            matches = [(phrase, m) for phrase in self._phrases if (m := phrase.pattern.match(text, at))]
            if not matches:
                skipped = self._skip.match(text, at)
                if skipped is None:
                    return []
                at = skipped.end()
                continue
            phrase, match = max(matches, key=lambda pair: pair[1].end())
            arguments = dict(phrase.arguments(match))
            if phrase.skill == "come" and area:
                arguments["area"] = area
            found.append((phrase.skill, arguments))
            at = match.end()
        return found

    def _add(
        self, skill: str, pattern: str, arguments: Callable[[re.Match[str]], Arguments] | None = None
    ) -> None:
        self._phrases.append(_Phrase(skill, re.compile(f"(?:{pattern})"), arguments or (lambda _: {})))

    def _add_places(self, areas: Mapping[str, str], floors: Mapping[str, str], everywhere: str) -> None:
        if not areas:
            return
        place = rf"(?:the |our |your )?(?:{_said(*areas)})(?:里|那里|那边)?"
        name = re.compile(_said(*areas, *floors))
        go, skill = SKILLS["go_to"], SKILLS["patrol"]
        self._add(
            "go_to",
            rf"(?:{_said(go.name.zh, go.name.en, *go.said, 'come to')}) ?{place}",
            lambda match: {"area": areas[_first(name, match[0])]},
        )
        both = rf"(?:the |our )?(?:{_said(*areas, *floors)})(?:里)?"
        patrol = _said(skill.name.zh, skill.name.en, *skill.said)
        self._add(
            "patrol",
            rf"(?:{patrol}) ?{both}(?:(?:,? ?and |, ?|和|、){both})*",
            lambda match: {
                "areas": ",".join(
                    dict.fromkeys(
                        one
                        for said in name.findall(match[0])
                        for one in (areas.get(said) or floors[said]).split(",")
                    )
                )
            },
        )
        self._add("patrol", rf"(?:{patrol})", lambda _: {"areas": everywhere})

    def _add_amounts(self) -> None:
        far = rf"{_NUMBER} ?(?:米|metres?|meters?|m\b)"
        self._add("walk", rf"(?:往前|向前)?走{far}", lambda m: {"metres": _number(m)})
        self._add("walk", rf"(?:往后|向后)(?:退|走)?{far}|后退{far.replace('number', 'back')}",
                  lambda m: {"metres": -_back(m)})  # fmt: skip
        self._add("walk", rf"\b(?:walk|go)(?: forward| ahead)? {far}", lambda m: {"metres": _number(m)})
        self._add("walk", rf"\b(?:walk|go) back(?:ward)?s? {far}", lambda m: {"metres": -_number(m)})
        self._add("turn", r"(?:向|往)?左转|\bturn (?:to the )?left\b", lambda _: {"degrees": 90.0})
        self._add("turn", r"(?:向|往)?右转|\bturn (?:to the )?right\b", lambda _: {"degrees": -90.0})
        self._add("turn", r"转(?P<number>\d+)度|\bturn (?:by )?(?P<turn>\d+) ?(?:degrees|°)",
                  lambda m: {"degrees": float(m["number"] or m["turn"])})  # fmt: skip


def _back(match: re.Match[str]) -> float:
    text = match["number"] or match["back"]
    return _NUMBERS[text] if text in _NUMBERS else float(text)


def _first(name: re.Pattern[str], text: str) -> str:
    """The last name in a phrase: the words for going may hold one, too."""
    return str(name.findall(text)[-1])


def _fillers() -> str:
    words: Iterable[str] = _FILLERS.split("|")
    return "|".join(rf"\b{w}\b" if w[0].isascii() else w for w in sorted(words, key=len, reverse=True))
