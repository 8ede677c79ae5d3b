"""How long: 半个钟头, an hour and a half, 三个半小时."""

from __future__ import annotations

import re
from collections.abc import Iterator

from homebody.assistant.understanding.times.piece import Piece, lasting
from homebody.assistant.understanding.words.english_numbers import NUMBER
from homebody.assistant.understanding.words.numbers import ZH_DIGITS, parse_number

_N = rf"(?:\d+(?:\.\d+)?|[{ZH_DIGITS}]+|{NUMBER})"
_SECONDS = {"s": 1, "min": 60, "q": 900, "h": 3600, "d": 86400}
_UNIT = {
    "s": r"秒钟?|seconds?|secs?",
    "min": r"分钟|minutes?|mins?",
    "q": r"刻钟",
    "h": r"个?小时|个?钟头|hours?|hrs?",
    "d": r"天|days?",
}


def _unit_seconds(text: str) -> int:
    return next(_SECONDS[key] for key, pattern in _UNIT.items() if re.fullmatch(pattern, text.strip()))


_UNITS = "|".join(_UNIT.values())
_ONE = (
    rf"(?:(?P<n>{_N}|an?|半|half an?|a quarter of an)\s?(?P<half0>个半)?(?:[来多几]|个[来多])?(?P<u>{_UNITS})"
    r"(?P<half>半| and a half)?)"
)
_FRESH = rf"(?<![a-z0-9.{ZH_DIGITS}])"
"""A number is read from its beginning only, so that a long one is read once."""
_ABOUT = "(?:[来多几]|个[来多])?"
ONE_PLAIN = (
    rf"(?:(?:{_N}|an?|半|half an?|a quarter of an)\s?(?:个半)?{_ABOUT}(?:{_UNITS})(?:半| and a half)?)"
)
_DURATION = re.compile(
    rf"{_FRESH}{ONE_PLAIN}(?:(?: and | |零|又)?{ONE_PLAIN}){{0,3}}|半个?(?:小时|钟头)|half an hour"
    rf"|[{ZH_DIGITS}\d]{{1,9}}个半(?:小时|钟头)"
    rf"|{_FRESH}(?:{_N} and a half (?:{_UNITS})|(?:{_N}|an)\s?hours? and a half)"
)
_PART = re.compile(_ONE)
_QUARTERS = {"three quarters of an hour": 2700.0}
_QUARTER = re.compile("|".join(_QUARTERS))
_HOURS_AND = re.compile(
    rf"(?P<h>[{ZH_DIGITS}\d]{{1,4}})个?(?:小时|钟头)零?(?P<m>[{ZH_DIGITS}\d]{{1,3}})分(?!钟|之)"
)
_MINUTES_HALF = re.compile(rf"(?P<n>[{ZH_DIGITS}\d]{{1,4}})分(?:钟)?半")
_ZH_HALF_HOURS = re.compile(rf"(?P<n>[{ZH_DIGITS}\d]+)个半(?:小时|钟头)")
_EN_HALF = re.compile(rf"(?P<n>{_N}) and a half (?P<u>{_UNITS})")


def _seconds_of(text: str) -> float:
    """Seconds of a duration in words."""
    if text in ("半小时", "半个小时", "半个钟头", "半钟头", "half an hour"):
        return 1800.0
    if match := _ZH_HALF_HOURS.fullmatch(text):
        return (parse_number(match["n"]) + 0.5) * 3600
    if match := _EN_HALF.fullmatch(text):
        return (parse_number(match["n"]) + 0.5) * _unit_seconds(match["u"])
    total = 0.0
    for match in _PART.finditer(text):
        amount = match["n"]
        if amount in ("a", "an"):
            number = 1.0
        elif amount in ("半", "half a", "half an"):
            number = 0.5
        elif amount.startswith("a quarter"):
            number = 0.25
        else:
            number = parse_number(amount)
        total += (number + (0.5 if match["half"] or match["half0"] else 0.0)) * _unit_seconds(match["u"])
    return total


def durations(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every stretch of ``text`` that says how long."""
    for match in _DURATION.finditer(text):
        yield match.start(), match.end(), lasting(_seconds_of(match[0]))
    for match in _QUARTER.finditer(text):
        yield match.start(), match.end(), Piece("duration", seconds=_QUARTERS[match[0]])
    for match in _HOURS_AND.finditer(text):
        seconds = 3600 * parse_number(match["h"]) + 60 * parse_number(match["m"])
        yield match.start(), match.end(), lasting(seconds)
    for match in _MINUTES_HALF.finditer(text):
        yield match.start(), match.end(), lasting(60 * parse_number(match["n"]) + 30)
