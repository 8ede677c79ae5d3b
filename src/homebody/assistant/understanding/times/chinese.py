"""Times that Chinese makes in ways of its own: 半个钟, 三个字, 八点搭三, 逢一三五."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from homebody.assistant.plan import WEEKDAYS
from homebody.assistant.understanding.times.days import chinese_weekdays
from homebody.assistant.understanding.times.piece import Piece, lasting
from homebody.assistant.understanding.words.numbers import ZH_DIGITS, parse_number

_N = rf"(?:\d+|[{ZH_DIGITS}]+)"
_H = rf"(?:\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})"

_FRESH = rf"(?<![{ZH_DIGITS}\d])"


def _by_fives(match: re.Match[str]) -> Piece:
    """八点搭三: a quarter past eight."""
    hour, fives = int(parse_number(match["h"])), int(parse_number(match["m"]))
    if hour > 23 or not 0 < fives < 12:
        return Piece("impossible")
    return Piece("clock", hour=hour, minute=5 * fives, fixed=hour > 12)


def _clock_hours(match: re.Match[str]) -> Piece:
    """半个钟, 两个钟, 个半钟: Cantonese hours."""
    said = match["n"] or "一"
    number = 0.5 if said == "半" else parse_number(said)
    return lasting(3600 * (number + (0.5 if match["half"] else 0.0)))


def _fives(match: re.Match[str]) -> Piece:
    return lasting(300 * parse_number(match["n"]))


def _listed_days(match: re.Match[str]) -> Piece:
    return Piece("every", days=chinese_weekdays(match["d"]))


def _all_but(match: re.Match[str]) -> Piece:
    """除了周末每天: the other days of the week."""
    whole = {"周末": "六日", "双休日": "六日", "工作日": "一二三四五"}
    left_out = chinese_weekdays(whole.get(match["x"], match["x"]))
    return Piece("every", days=tuple(day for day in WEEKDAYS if day not in left_out))


def _always(piece: Piece) -> Callable[[re.Match[str]], Piece]:
    return lambda _: piece


_WEEK = r"(?:周|星期|礼拜)?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Piece]], ...] = tuple(
    (re.compile(pattern), piece_of)
    for pattern, piece_of in (
        (rf"{_FRESH}(?P<h>{_H})点搭(?P<m>{_H})", _by_fives),
        (rf"{_FRESH}(?P<n>{_N}|半)?个(?P<half>半)?钟(?!头)", _clock_hours),
        (r"个把(?:小时|钟头)", _always(Piece("duration", seconds=3600))),
        (r"半拉个?(?:小时|钟头)", _always(Piece("duration", seconds=1800))),
        (rf"{_FRESH}(?P<n>{_H})个字(?!数)", _fives),
        (rf"(?:每逢?|逢)个?{_WEEK}(?P<d>[一二三四五六日](?:[、,和跟]?{_WEEK}[一二三四五六日天])+)"
         r"(?![点时个十分])", _listed_days),
        (rf"除了?(?P<x>周末|双休日|工作日|{_WEEK}[一二三四五六日天](?:[、,和跟]?{_WEEK}[一二三四五六日天])*)(?:以外|之外|外)?"
         r"[,]?(?:每天|天天|每日|其他日子|其余日子|日日)?都?", _all_but),
        (r"(?:从?今[天日儿]?(?:开始|起|往后|后)|[以往今]后)(?=每|天天|日日|晚晚|逢|朝朝)",
         _always(Piece("from"))),
    )
)  # fmt: skip


def scan(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every (start, end, Piece) of these ways in normalised text."""
    for pattern, piece_of in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), piece_of(match)
