"""Times in words of one region or of talk: 明个儿, 头晌, 半个钟, 三个字, 八点搭三, 逢一三五.

`moments` has what is said everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from homebody.assistant.plan import WEEKDAYS, Weekday
from homebody.assistant.understanding.times.piece import Piece
from homebody.assistant.understanding.words.numbers import ZH_DIGITS, parse_number

_N = rf"(?:\d+|[{ZH_DIGITS}]+)"
_H = rf"(?:\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})"

_PARTS: dict[str, tuple[str, int]] = {}
for _name, _hour, _words in (
    ("dawn", 5, "五更 凌晨头 天不亮"),
    ("morning", 7, "早间 晨早 上昼 早晨头 早晌 头晌"),
    ("noon", 12, "响午 中午头 大中午"),
    ("afternoon", 15, "下晌 午后 下半晌 下午头"),
    ("evening", 19, "晚上头 挨晚 傍黑 夜头 擦黑儿 黑家 黄昏 晚夕 下黑"),
    ("midnight", 0, "夜半 大半夜 三更半夜 深更半夜 深夜 半夜里"),
):
    _PARTS |= dict.fromkeys(_words.split(), (_name, _hour))
_DAYS = {
    **dict.fromkeys(("今个", "今个儿", "今日里"), 0),
    **dict.fromkeys(("明个", "明个儿", "赶明儿", "赶明个", "转天"), 1),
    **dict.fromkeys(("后儿个", "后个"), 2),
    **dict.fromkeys(("大后儿", "大后日"), 3),
}
_DAY_AND_PART = {
    **dict.fromkeys(("听朝早", "明晨", "明儿早", "翌晨", "听早", "明儿早起"), (1, "morning", 7)),
    **dict.fromkeys(("听晚黑", "明儿晚", "翌晚"), (1, "evening", 19)),
    **dict.fromkeys(("今晚黑", "今儿晚", "今儿夜里", "今儿黑"), (0, "evening", 19)),
    **dict.fromkeys(("今晨", "今儿早"), (0, "morning", 7)),
    **dict.fromkeys(("后儿晚", "后日晚"), (2, "evening", 19)),
    **dict.fromkeys(("后朝", "后早"), (2, "morning", 7)),
}
_DAILY = {
    **dict.fromkeys(("日日都", "每日都", "每天都", "天天都", "见天", "见天儿"), ("", 0)),
    **dict.fromkeys(("每天夜里", "每天晚", "天天晚上", "晚晚都", "每晚都"),
                    ("evening", 19)),
    **dict.fromkeys(("每天一早", "每天清早", "天天早上", "每天清晨"), ("morning", 7)),
}  # fmt: skip
_EVERY_DAYS: dict[str, tuple[Weekday, ...]] = {"双休日": WEEKDAYS[5:], "上班日": WEEKDAYS[:5]}
_ZH_DAYS: dict[str, Weekday] = {**dict(zip("一二三四五六日", WEEKDAYS, strict=True)), "天": "sun"}
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
    return _lasting(3600 * (number + (0.5 if match["half"] else 0.0)))


def _fives(match: re.Match[str]) -> Piece:
    return _lasting(300 * parse_number(match["n"]))


def _lasting(seconds: float) -> Piece:
    return Piece("duration", seconds=seconds) if seconds < 1e10 else Piece("impossible")


def _listed_days(match: re.Match[str]) -> Piece:
    said = {_ZH_DAYS[character] for character in match["d"] if character in _ZH_DAYS}
    return Piece("every", days=tuple(day for day in WEEKDAYS if day in said))


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
        (r"(?:从?今[天日儿]?(?:开始|起|往后|后)|[以往今]后)(?=每|天天|日日|晚晚|逢|朝朝)",
         _always(Piece("from"))),
    )
)  # fmt: skip
_WORD = re.compile(
    "|".join(
        sorted({*_PARTS, *_DAYS, *_DAY_AND_PART, *_DAILY, *_EVERY_DAYS}, key=lambda word: (-len(word), word))
    )
)


def scan(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every (start, end, Piece) of these ways in normalised text."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _of_word(match[0])
    for pattern, piece_of in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), piece_of(match)


def _of_word(word: str) -> Piece:
    if word in _PARTS:
        name, hour = _PARTS[word]
        return Piece("daypart", name=name, hour=hour)
    if word in _DAYS:
        return Piece("day", offset=_DAYS[word])
    if word in _DAY_AND_PART:
        offset, name, hour = _DAY_AND_PART[word]
        return Piece("day", offset=offset, name=name, hour=hour)
    if word in _EVERY_DAYS:
        return Piece("every", days=_EVERY_DAYS[word])
    name, hour = _DAILY[word]
    return Piece("every", days=WEEKDAYS, name=name, hour=hour)
