"""Times as English says them beside its plainest ways: half ten, six tomorrow morning, at sundown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from homebody.assistant.understanding.numbers import _EN, parse_number

_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
_NO_UNIT = r"(?! ?(?:%|percent|per cent|degrees?|minutes?|hours?|seconds?|kelvin|lux|times|[.:]\d|-))"
_CLOCKS = (
    re.compile(rf"\b(?:at )?half (?P<half>{_HOUR})\b{_NO_UNIT}"),
    re.compile(rf"(?<=\buntil )(?P<h>{_HOUR})\b{_NO_UNIT}"),
    re.compile(rf"(?<=\btill )(?P<h>{_HOUR})\b{_NO_UNIT}"),
    re.compile(rf"(?<=\btil )(?P<h>{_HOUR})\b{_NO_UNIT}"),
    re.compile(
        rf"\b(?P<h>{_HOUR})(?= (?:tomorrow|tonight|this (?:morning|evening|afternoon)"
        r"|in the (?:morning|evening|afternoon)|at night|every (?:morning|evening|night|day)"
        r"|sharp\b|on the dot))"
    ),
)
_PARTS: tuple[tuple[str, int, str], ...] = (
    ("noon", 12, r"(?:at )?lunch ?time|(?:at )?midday"),
    ("afternoon", 16, r"(?:at )?tea ?time"),
    ("morning", 7, r"(?:at )?breakfast(?: time)?|first thing(?: in the morning)?"),
    ("evening", 19, r"(?:at )?(?:dinner|supper) ?time"),
    ("evening", 22, r"(?:at )?bed ?time"),
    ("morning", 10, r"(?:at )?mid-?morning"),
)
_PART_RES = tuple((name, hour, re.compile(rf"\b(?:{pattern})\b")) for name, hour, pattern in _PARTS)
_SUNS: tuple[tuple[Literal["sunset", "sunrise"], re.Pattern[str]], ...] = (
    ("sunset", re.compile(
        r"\b(?:(?:when|once|as soon as|the moment) "
        r"(?:the sun (?:goes down|sets|is down|has set|has gone down)|it gets dark|it's dark out(?:side)?"
        r"|it is dark outside|darkness falls|night falls)"
        r"|(?:at )?(?:sundown|nightfall|dusk))\b")),
    ("sunrise", re.compile(
        r"\b(?:(?:when|once|as soon as|the moment) "
        r"(?:the sun (?:comes up|rises|is up|has risen)|it gets light)"
        r"|(?:at )?(?:sunup|daybreak|first light))\b")),
)  # fmt: skip
_COUPLE = re.compile(r"\ba couple(?: of)? (?P<u>seconds|minutes|hours|days)\b")
_AND_PART = re.compile(rf"\b(?P<n>an|{_EN}) hours? and (?P<q>a quarter|three quarters)\b")
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of a moment in the text, by what it is: ``clock``, ``daypart``, ``sun`` or ``duration``."""

    start: int
    end: int
    role: str
    hour: int = 0
    minute: int = 0
    name: str = ""
    seconds: float = 0.0


def scan(text: str) -> Iterator[Found]:
    """Every such piece in normalised text."""
    for pattern in _CLOCKS:
        for match in pattern.finditer(text):
            half = match.groupdict().get("half")
            hour = int(parse_number(half or match["h"]))
            yield Found(
                start=match.start(), end=match.end(), role="clock", hour=hour, minute=30 if half else 0
            )
    for name, hour, pattern in _PART_RES:
        for match in pattern.finditer(text):
            yield Found(start=match.start(), end=match.end(), role="daypart", name=name, hour=hour)
    for sun, pattern in _SUNS:
        for match in pattern.finditer(text):
            yield Found(start=match.start(), end=match.end(), role="sun", name=sun)
    for match in _COUPLE.finditer(text):
        yield Found(start=match.start(), end=match.end(), role="duration", seconds=2 * _SECONDS[match["u"]])
    for match in _AND_PART.finditer(text):
        hours = 1.0 if match["n"] == "an" else parse_number(match["n"])
        quarter = 0.25 if match["q"] == "a quarter" else 0.75
        yield Found(start=match.start(), end=match.end(), role="duration", seconds=3600 * (hours + quarter))
