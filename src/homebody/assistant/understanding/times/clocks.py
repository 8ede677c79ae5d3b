"""Times of day in digits and in Chinese: 7:30 pm, 差一刻八点, 十点半."""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.understanding.times.piece import Piece
from homebody.assistant.understanding.words.numbers import ZH_DIGITS, parse_number


def small(text: str) -> int:
    """An hour, a minute, a day or a month; 99 where it is none."""
    return int(min(parse_number(text), 99))


_CLOCKS = (
    re.compile(
        rf"(?P<h>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})(?:点钟?|时(?!候|间|刻))(?:(?P<half>半)|(?P<q>[一三])刻|"
        rf"(?P<m>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})分?(?!钟|之|度)|过(?P<past>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})分)?整?"
    ),
    re.compile(
        rf"(?P<dir>差)(?:(?P<q>一刻)|(?P<m>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})分?钟?)(?:不?到|就)?(?P<h>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})点钟?"
    ),
    re.compile(
        rf"(?P<h>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})点钟?(?P<dir>差)(?:(?P<q>一刻)|(?P<m>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})分?钟?)"
    ),
    re.compile(r"(?<![\d.])(?P<h>\d{1,2})[::](?P<m>\d{2})(?!\d)\s?(?P<ap>[ap]\.?m\.?(?![a-z]))?"),
)


def _clock(match: re.Match[str]) -> Piece | None:
    groups = match.groupdict()
    hour = small(groups["h"])
    minute = 0
    if groups.get("half"):
        minute = 30
    elif groups.get("q"):
        minute = {"一": 15, "三": 45}.get(groups["q"], 15)
    elif groups.get("m") or groups.get("past"):
        minute = small(groups.get("m") or groups["past"])
    if groups.get("dir") == "to" and hour > 12:
        return None  # the living room one to 26
    if groups.get("dir") in ("to", "差"):
        hour, minute = hour - 1, 60 - minute
    mark = (groups.get("ap") or "").replace(".", "")
    fixed = mark in ("am", "pm") or hour > 12 or hour == 0
    if mark == "pm" and hour < 12:
        hour += 12
    if mark == "am" and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59:
        bare = match[0] == groups["h"]
        return None if bare else Piece("impossible")
    return Piece("clock", hour=hour, minute=minute, fixed=fixed)


_MEASURED = frozenset("于过破达足")
"""低于20时: no hour of the day."""


def clocks(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every time of day in ``text``."""
    for pattern in _CLOCKS:
        for match in pattern.finditer(text):
            measured = match[0].endswith("时") and text[match.start() - 1 : match.start()] in _MEASURED
            if not measured and (piece := _clock(match)):
                yield match.start(), match.end(), piece
