"""Days as English speakers say them: Monday to Friday, weekday mornings, every day except Sunday, the tenth
of March."""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.plan import WEEKDAYS, Weekday
from homebody.assistant.understanding.times.english_numerals import (
    TENS,
)
from homebody.assistant.understanding.times.piece import Piece

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
_DAY_RANGE = re.compile(
    rf"\b(?:every |each )?(?:from )?(?P<a>{_DAY}) ?(?:to|through|thru|till|until|-) ?(?P<b>{_DAY})\b"
)
_BUT = re.compile(
    rf"\b(?:every day|every single day|daily|all week|each day|every weekday|weekdays|seven days a week"
    rf"|every (?P<part>morning"
    rf"|evening|night|afternoon)) (?:except|but|except for|apart from|other than|bar|save|excluding|but not)"
    rf" (?:on |the )?(?P<not>(?:{_DAY}s?|weekends?|the weekend)(?:(?: and |, | or ){_DAY}s?)*)\b"
)
"""Every day except Sunday."""
_DAY_PARTS = {"morning": 7, "lunchtime": 12, "afternoon": 15, "evening": 19, "night": 19}
_DAYS_AND_PART = re.compile(
    rf"\b(?P<each>every |each |on )?(?:this |the )?(?:coming |next )?"
    rf"(?P<day>weekday|weekend|workday|school|week|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:single )?)"
    rf"(?:'s)? ?(?P<part>{'|'.join(_DAY_PARTS)})(?P<many>s?)\b"
)
_COMING = re.compile(rf"\b(?:on )?(?:this |the )?coming (?P<d>{_DAY})\b")
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
]  # fmt: skip
MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_NTH = rf"(?P<n>(?:twenty[ -]|thirty[ -])?(?:{'|'.join(_ORDINALS)})|thirtieth)"
_DATE = re.compile(
    rf"\b(?:on )?(?:the )?{_NTH}(?: of)? (?P<m>{'|'.join(MONTHS)})\b"
    rf"|\b(?:on )?(?P<m2>{'|'.join(MONTHS)}) (?:the )?{_NTH.replace('P<n>', 'P<n2>')}\b"
    rf"|\b(?:on )?the (?P<n3>\d{{1,2}})(?:st|nd|rd|th)(?! (?:floor|light|lamp|time|one|room|level))\b"
)


def days(text: str) -> Iterator[tuple[int, int, Piece]]:
    for match in _DAY_RANGE.finditer(text):
        first, last = (WEEKDAYS.index(_weekday(match[side])) for side in "ab")
        days = [*WEEKDAYS, *WEEKDAYS][first : (last if last >= first else last + 7) + 1]
        yield match.start(), match.end(), Piece("every", days=tuple(d for d in WEEKDAYS if d in days))
    for match in _BUT.finditer(text):
        yield match.start(), match.end(), _without(match)
    for match in _DAYS_AND_PART.finditer(text):
        if piece := _day_and_part(match):
            yield match.start(), match.end(), piece
    for match in _COMING.finditer(text):
        yield match.start(), match.end(), Piece("weekdays", days=(_weekday(match["d"]),))
    for match in _DATE.finditer(text):
        yield match.start(), match.end(), _date(match)


def _without(match: re.Match[str]) -> Piece:
    spared = match["not"]
    without = {
        _weekday(day)
        for day in re.split(r" and |, | or ", spared)
        if not day.endswith(("weekend", "weekends"))
    }
    without |= set(WEEKDAYS[5:]) if "weekend" in spared else set()
    usual = WEEKDAYS[:5] if "weekday" in match[0] else WEEKDAYS
    part = match["part"] or ""
    name = "evening" if part == "night" else part
    return Piece("every", days=tuple(day for day in usual if day not in without), name=name,
                 hour=_DAY_PARTS.get(part, 0))  # fmt: skip


def _weekday(text: str) -> Weekday:
    return next(day for day in WEEKDAYS if text.startswith(day))


def _day_and_part(match: re.Match[str]) -> Piece | None:
    """Weekday mornings, every Sunday evening, each night; Sunday evening is one day."""
    each = (match["each"] or "").strip()
    every = each in ("every", "each") or bool(match["many"])
    day, part = match["day"].strip(), match["part"]
    if not every and not (day and day[-3:] == "day" and day not in ("weekday", "workday")):
        return None
    if day in ("", "single"):
        days = WEEKDAYS
    elif day in ("weekday", "workday", "school", "week"):
        days = WEEKDAYS[:5]
    else:
        days = WEEKDAYS[5:] if day == "weekend" else (_weekday(day),)
    name = {"night": "evening", "lunchtime": "noon"}.get(part, part)
    return Piece("every" if every else "weekdays", days=days, name=name, hour=_DAY_PARTS[part])


def _date(match: re.Match[str]) -> Piece:
    if match["n3"]:
        day = int(match["n3"])
        return Piece("date" if 0 < day <= 31 else "impossible", day=day)
    return Piece(
        "date", month=MONTHS.index(match["m"] or match["m2"]) + 1, day=_ordinal(match["n"] or match["n2"])
    )


def _ordinal(text: str) -> int:
    if text == "thirtieth":
        return 30
    *tens, last = re.split("[ -]", text)
    return sum(TENS[word] for word in tens) + _ORDINALS.index(last) + 1
