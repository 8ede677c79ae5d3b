"""Clock times as English speakers say them: half ten, sevenish, twenty to nine, nineteen thirty hours,
when it's ten, from six till eight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from homebody.assistant.understanding.times.english_numerals import (
    HOUR,
    HOURS,
    MINUTE,
    TEENS,
    UNITS_OF_TEN,
    value_of,
)
from homebody.assistant.understanding.times.piece import Piece

_CLOCK = (
    rf"(?P<h{{0}}>{HOUR})(?:[:.](?P<d{{0}}>[0-5]\d)|[ -](?P<m{{0}}>{MINUTE}))?\s?(?P<ap{{0}}>[ap]\.?m\b\.?)?"
)
"""An hour with minutes behind it or without: seven, 7.30, seven fifteen, 7 45 pm."""
_DOT = r"(?: on the dot| sharp| exactly| precisely| prompt| on the nose)?"
_MEASURED = (
    r"(?! ?(?:%|°|k\b|lux|percent|per cent"
    r"|degrees?|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|weeks?|kelvin|"
    r"lit(?:er|re)s?|met(?:er|re)s?|times|points?|notch|bars?|steps?|and a half|centi|grams?|k?w"
    r"(?:atts?)?\b))"
)
_DAYPART = (
    r"(?:in the (?:morning|afternoon|evening)|at night|this (?:morning|afternoon|evening)|tonight"
    r"|tomorrow|today|of a(?:n|) (?:morning|evening)|on the dot|sharp|every|each|daily|nightly|on weekdays"
    r"|on weekends|at weekends|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
_LED = re.compile(rf"\b(?:at|until|till|til|come|from|before|after|around|round|by|starting|beginning)"
                  rf" (?:about |around |round |exactly )?"
                  rf"(?P<clock>{_CLOCK.format('')})(?!\w|\.\d){_DOT}" + _MEASURED)  # fmt: skip
_STRIKES = re.compile(
    r"\b(?:(?:when|once|as soon as|after|the moment) (?:it's|it is|it gets to|it turns|it hits|it reaches"
    r"|it strikes"
    r"|the clock (?:strikes|says|reads|hits|shows))|at the stroke of|come|starting(?: at| from)?|beginning"
    r"(?: at)?)"
    rf" (?P<clock>(?P<past>half past |half |a? ?quarter past |a? ?quarter to )?{_CLOCK.format('')})"
    rf"(?: o'clock)?(?!\w|\.\d)"
    + _MEASURED
    + r"(?! (?:in (?!the (?:morning|evening|afternoon))|outside|inside|or ))"
)
"""When it's ten, when the clock strikes eleven: a time, no condition."""
_PLAIN = re.compile(rf"(?<![\w.:])(?P<clock>{_CLOCK.format('')})(?!\w|\.\d)")
_OCLOCK = re.compile(
    rf"(?<![\w.:])(?P<h>\d{{1,2}}|twenty[ -](?:{UNITS_OF_TEN})|{MINUTE}|{'|'.join(HOURS)}) ?o'?clock\b"
)
_BEHIND_DAY = re.compile(
    rf"\b(?:tonight|today|tomorrow|morning|evening|afternoon|night|(?:mon|tues|wednes|thurs|fri|satur"
    rf"|sun)days?|daily),? "
    rf"(?:at |around |round |about |by |from |before |after )?(?P<clock>{_CLOCK.format('')})(?!\w|\.\d)"
    + _MEASURED
)
_FOLLOWED = re.compile(rf"(?<!to )(?<!by )(?<![\w.])(?P<clock>{_CLOCK.format('')})(?=,? {_DAYPART}\b)")
_BY_DAY = re.compile(rf"\b{_DAYPART}\b")
_ONLY_AT = ("from ", "before ", "after ", "around ", "round ", "by ")
"""Behind these a bare number is a time only where minutes, am or pm, or a part of the day stand by it."""
_DEADLINE = ("by ", "before ", "after ")
_RELATIVE = re.compile(
    r"\b(?:up|down|raise|lower|increase|decrease|reduce|boost|cut|drop|bump|nudge|more|less|\w+er)\b"
)
"""By eleven is a deadline, unless something is to change by so much."""
_ISH = re.compile(rf"(?<![\w.])(?P<clock>{_CLOCK.format('')})[ -]?ish\b")
_HALF = re.compile(
    rf"\bhalf[ -](?:past |gone )?(?P<h>{'|'.join(HOURS)}|1[0-2]|[1-9])\b(?:[ -]?ish\b)?" + _MEASURED
)
_TO_AND_PAST = re.compile(
    rf"\b(?P<m>a quarter|quarter|{MINUTE}|{'|'.join(HOURS[:9])}|[1-9])(?P<unit> minutes?)? (?P<way>to|past"
    rf"|of|after|before|till|til|gone) "
    rf"(?P<h>{HOUR})\b" + _MEASURED
)
_MILITARY = re.compile(
    rf"\b(?:(?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?: ?(?:hours|hrs))|(?<=at )(?P<bare>0\d[0-5]\d|1\d[0-5]0"
    rf"|2[0-3][0-5]0)"
    rf"|(?P<colon>(?:[01]?\d|2[0-3]):[0-5]\d) ?(?:hours|hrs)"
    rf"|(?P<hundred>(?:oh|zero) (?:{UNITS_OF_TEN})|ten|eleven|twelve|{'|'.join(TEENS)}"
    rf"|twenty(?:[ -](?:one|two|three))?) hundred(?: (?:hours|hrs))?)\b"
)
_RANGE = re.compile(
    rf"\b(?P<lead>from|between) {_CLOCK.format('1')} ?(?P<joint>until|till|til|to|and|through"
    rf"|-) ?{_CLOCK.format('2')}"
    rf"(?!\w|\.\d)" + _MEASURED
)


def clocks(text: str) -> Iterator[tuple[int, int, Piece]]:
    for match in _LED.finditer(text):
        sure = match["d"] or match["m"] or match["ap"] or not match[0].startswith(_ONLY_AT)
        sure = sure or (match[0].startswith(_DEADLINE) and not _RELATIVE.search(text))
        if sure and (piece := _clock(match)):
            yield match.start("clock"), match.end(), piece
    for match in _STRIKES.finditer(text):
        if piece := _struck(match):
            yield match.start(), match.end(), piece
    for match in _PLAIN.finditer(text):
        if match["ap"] and (piece := _clock(match)):
            yield match.start(), match.end(), piece
    for match in _OCLOCK.finditer(text):
        hour = value_of(match["h"])
        clock = Piece("clock", hour=hour % 24, fixed=hour > 12)
        yield match.start(), match.end(), clock if hour <= 24 else Piece("impossible")
    for pattern in (_FOLLOWED, _ISH, _BEHIND_DAY):
        for match in pattern.finditer(text):
            if piece := _clock(match):
                yield match.start("clock"), match.end(), piece
    for match in _HALF.finditer(text):
        yield match.start(), match.end(), Piece("clock", hour=value_of(match["h"]), minute=30)
    for match in _TO_AND_PAST.finditer(text):
        if piece := _beside(match):
            yield match.start(), match.end(), piece
    for match in _MILITARY.finditer(text):
        yield match.start(), match.end(), _military(match)
    for match in _RANGE.finditer(text):
        if piece := _range(match):
            yield match.start(), match.end(), piece


def _clock(match: re.Match[str], which: str = "") -> Piece | None:
    hour = value_of(match[f"h{which}"])
    minutes = match[f"d{which}"] or match[f"m{which}"]
    minute = value_of(minutes) if minutes else 0
    mark = (match[f"ap{which}"] or "")[:1]
    if mark and not 1 <= hour <= 12:
        return None
    fixed = bool(mark) or hour > 12 or hour == 0 or match[f"h{which}"].startswith("0")
    if mark:
        hour = hour % 12 + (12 if mark == "p" else 0)
    return Piece("clock", hour=hour % 24, minute=minute, fixed=fixed)


def _struck(match: re.Match[str]) -> Piece | None:
    piece, past = _clock(match), (match["past"] or "").strip()
    if piece is None or not past:
        return piece
    if past.endswith("to"):
        return replace(piece, hour=(piece.hour - 1) % 24 or 12, minute=45)
    return replace(piece, minute=30 if past.startswith("half") else 15)


def _beside(match: re.Match[str]) -> Piece | None:
    """Twenty to seven, ten after six, quarter of nine."""
    minute = 15 if match["m"].endswith("quarter") else value_of(match["m"])
    hour = value_of(match["h"])
    if minute % 5 and not match["unit"]:
        return None  # six to eight is a range
    if match["way"] in ("past", "after", "gone"):
        return Piece("clock", hour=hour % 24, minute=minute, fixed=hour > 12)
    if match["way"] == "of" and not match["m"].endswith("quarter"):
        return None
    return Piece("clock", hour=(hour - 1) % 24 or 12, minute=60 - minute, fixed=hour > 13) if minute else None


def _military(match: re.Match[str]) -> Piece:
    if match["hundred"]:
        return Piece("clock", hour=value_of(match["hundred"]), fixed=True)
    digits = (match["four"] or match["bare"] or match["colon"]).replace(":", "").zfill(4)
    return Piece("clock", hour=int(digits[:2]), minute=int(digits[2:]), fixed=True)


def _range(match: re.Match[str]) -> Piece | None:
    """From six till eight; "from 20 to 40" is one of values, unless it is clearly a time."""
    begin, end = _clock(match, "1"), _clock(match, "2")
    said = any(match[f"{name}{which}"] for name in ("d", "m", "ap") for which in "12")
    between = match["lead"] == "between" and match["joint"] == "and"
    till = match["lead"] == "from" and match["joint"] != "and"
    bare_ends = match["joint"] in ("to", "-", "through", "and") and not said
    if begin is None or end is None or not (between or till) or (bare_ends and _valued(match)):
        return None
    return Piece("range", hour=begin.hour, minute=begin.minute, fixed=begin.fixed, end=end)


def _valued(match: re.Match[str]) -> bool:
    """Whether a range in digits, without any mark of the clock, may be one of values."""
    return match["h1"].isdigit() and not _BY_DAY.search(match.string)
