"""Times as people say them: 明早七点半, in ten minutes, every weekday at 7, until sunset.

``scan`` finds the pieces (a clock time, a duration, a day ...); `timing` joins the pieces of one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.understanding.times import chinese as chinese_moments
from homebody.assistant.understanding.times import english as english_moments
from homebody.assistant.understanding.times.clocks import clocks
from homebody.assistant.understanding.times.days import dates, days
from homebody.assistant.understanding.times.durations import ONE_PLAIN, durations
from homebody.assistant.understanding.times.piece import Piece

_INTERVAL = re.compile(rf"(?:每[隔过]?|隔|every )(?={ONE_PLAIN})")
_SUN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "sunset",
        re.compile(
            r"日落|天[儿色]?[一刚快渐]?[擦麻傍]*[黑暗](?:下来|透|掉|了|咗)?(?!漆)|入黑|(?:太阳|日头)(?:一|快|都)?(?:[下落]山|落下?|下去)了?|入夜"
            r"|\bsunset\b"
        ),
    ),
    (
        "sunrise",
        re.compile(
            r"日出|天[儿色]?[一刚快渐]?(?:蒙蒙|朦朦|麻麻|大)?亮了?|天一?光|(?:太阳|日头)(?:一|刚)?(?:出来|升起来?|出山)了?|\bsunrise\b"
        ),
    ),
)
_MAYBE = re.compile(
    r"[刻月号点时:早晚夜午天日周秒分钟小期拜每逢末儿朝个昼晌黑晨更睡搭隔字山阳头今明初历腊]|\d|hour|min|sec|day|noon|night|morning|evening|o'clock|past|quarter"
    r"|sun| at |pm|am|daily|every|week|half |until |till? |time\b|dusk|dawn"
    r"|today|tomorrow|each |jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
)


def scan(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every (start, end, Piece) in normalised text; overlapping readings are all given."""
    yield from english_moments.scan(text)
    if not _MAYBE.search(text):
        return
    if not text.isascii():
        yield from chinese_moments.scan(text)
    yield from durations(text)
    yield from dates(text)
    yield from clocks(text)
    yield from days(text)
    for match in _INTERVAL.finditer(text):
        yield match.start(), match.end(), Piece("interval")
    for name, pattern in _SUN:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), Piece("sun", name=name)
