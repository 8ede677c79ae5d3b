"""Times as people say them: 明早七点半, in ten minutes, every weekday at 7, until sunset.

``scan`` finds the pieces (a clock time, a duration, a day ...); `timing` joins the pieces of one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from homebody.assistant.plan import WEEKDAYS, Weekday
from homebody.assistant.understanding.times import chinese as chinese_moments
from homebody.assistant.understanding.times import english as english_moments
from homebody.assistant.understanding.times.piece import Piece
from homebody.assistant.understanding.words.numbers import EN_NUMBER, ZH_DIGITS, parse_number

_N = rf"(?:\d+(?:\.\d+)?|[{ZH_DIGITS}]+|{EN_NUMBER})"
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
_ONE_PLAIN = (
    rf"(?:(?:{_N}|an?|半|half an?|a quarter of an)\s?(?:个半)?{_ABOUT}(?:{_UNITS})(?:半| and a half)?)"
)
_DURATION = re.compile(
    rf"{_FRESH}{_ONE_PLAIN}(?:(?: and | |零|又)?{_ONE_PLAIN}){{0,3}}|半个?(?:小时|钟头)|half an hour"
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


_LONGEST_S = 1e10
"""Three centuries: what takes longer is no time that anybody means."""


def _lasting(seconds: float) -> Piece:
    return Piece("duration", seconds=seconds) if seconds <= _LONGEST_S else Piece("impossible")


def _small(text: str) -> int:
    """An hour, a minute, a day or a month; 99 where it is none."""
    return int(min(parse_number(text), 99))


def parse_duration(text: str) -> float:
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


_DAYPARTS: dict[str, tuple[str, int]] = {}
for _name, _hour, _words in (
    ("dawn", 5, "凌晨 清晨 拂晓 黎明"),
    ("dawn", 5, "at dawn"),
    ("morning", 7, "早上 早晨 上午 朝早 今早 一早 一大早 大清早 清早 大早上 大早 今朝 早起"),
    ("morning", 7, "in the morning,this morning,morning"),
    ("noon", 12, "中午 晏昼 正午 晌午"),
    ("noon", 12, "at noon,noon,midday"),
    ("afternoon", 15, "下午 下昼 晏晏 后晌"),
    ("afternoon", 15, "in the afternoon,this afternoon,afternoon"),
    ("evening", 19, "傍晚 晚上 夜晚 今晚 夜里 晚间 夜间 晚头 夜晚黑 今夜 大晚上 晚黑 睡前 临睡前 睡觉前"),
    ("evening", 19, "in the evening,this evening,evening,tonight,at night,night"),
    ("midnight", 0, "半夜 午夜"),
    ("midnight", 0, "at midnight,midnight"),
):
    _DAYPARTS |= dict.fromkeys(_words.split("," if _words.isascii() else None), (_name, _hour))
_DAYS = {
    "今天": 0, "今日": 0, "今儿": 0, "今儿个": 0, "今个": 0, "今晚": 0, "今早": 0, "明天": 1, "明日": 1,
    "明儿": 1, "明儿个": 1, "听日": 1, "后天": 2, "后儿": 2, "后日": 2, "大后天": 3, "today": 0,
    "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "tonight": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0,
}  # fmt: skip
_BOTH = {
    "明早": (1, "morning", 7), "明朝": (1, "morning", 7), "听朝": (1, "morning", 7),
    "明晚": (1, "evening", 19), "明夜": (1, "evening", 19), "听晚": (1, "evening", 19),
    "后晚": (2, "evening", 19), "tomorrow morning": (1, "morning", 7),
    "tomorrow evening": (1, "evening", 19), "tomorrow night": (1, "evening", 19),
    "tomorrow afternoon": (1, "afternoon", 15),
}  # fmt: skip
_WORKDAYS, _WEEKEND = WEEKDAYS[:5], WEEKDAYS[5:]
_EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZH_DAY = {
    digit: day
    for digits in ("一二三四五六日", "1234567")
    for digit, day in zip(digits, WEEKDAYS, strict=True)
}
_ZH_DAY["天"] = "sun"

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
_EVERY = re.compile(r"每个?|逢|every ?|each ")
_EVERY_WORDS = {
    **dict.fromkeys(("每天", "每日", "天天", "日日", "每一天"), WEEKDAYS),
    **dict.fromkeys(("everyday", "every day", "daily", "each day"), WEEKDAYS),
    **dict.fromkeys(
        ("工作日", "平日", "weekdays", "every weekday", "on weekdays", "每个工作日", "workdays"), _WORKDAYS
    ),
    **dict.fromkeys(
        ("周末", "weekends", "at weekends", "on weekends", "every weekend", "每个周末", "每周末"), _WEEKEND
    ),
}
_EVERY_PART = {
    **dict.fromkeys(("每晚", "每天晚上", "晚晚", "夜夜", "每夜"), ("evening", 19)),
    **dict.fromkeys(("every night", "every evening", "nightly"), ("evening", 19)),
    **dict.fromkeys(("每早", "每天早上", "每天早晨", "朝朝", "每朝", "every morning"), ("morning", 7)),
    **dict.fromkeys(("每天下午", "every afternoon"), ("afternoon", 15)),
    **dict.fromkeys(("每天中午",), ("noon", 12)),
}
_ZH_WEEK = re.compile(
    r"(?P<every>每个?|每?逢)?(?P<next>下个?)?(?:周|星期|礼拜)(?P<d>[一二三四五六日天1-7](?:[、和到至,]?(?:周|星期"
    r"|礼拜)?[一二三四五六日天](?![点时个十]))*)"
)
_EN_DAY = "(?:" + "|".join(_EN_DAYS) + ")s?"
_EN_WEEK = re.compile(
    r"\b(?P<every>every |each )?(?:on )?(?:next )?"
    rf"(?P<d>{_EN_DAY}(?:(?:, and |, | and | to | through ){_EN_DAY})*)"
)
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


def _word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    latin = [w for w in ordered if w.isascii()]
    other = [w for w in ordered if not w.isascii()]
    return re.compile("|".join([*other, *(rf"\b{word}\b" for word in latin)]))


_DAYPART_RE, _DAY_RE, _BOTH_RE = _word_pattern(_DAYPARTS), _word_pattern(_DAYS), _word_pattern(_BOTH)
_EVERY_RE, _EVERY_PART_RE = _word_pattern(_EVERY_WORDS), _word_pattern(_EVERY_PART)
_MAYBE = re.compile(
    r"[刻月号点时:早晚夜午天日周秒分钟小期拜每逢末儿朝个昼晌黑晨更睡搭隔字山阳头今明初历腊]|\d|hour|min|sec|day|noon|night|morning|evening|o'clock|past|quarter"
    r"|sun| at |pm|am|daily|every|week|half |until |till? |time\b|dusk|dawn"
    r"|today|tomorrow|each |jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
)


def _clock(match: re.Match[str]) -> Piece | None:
    groups = match.groupdict()
    hour = _small(groups["h"])
    minute = 0
    if groups.get("half"):
        minute = 30
    elif groups.get("q"):
        minute = {"一": 15, "三": 45}.get(groups["q"], 15)
    elif groups.get("m") or groups.get("past"):
        minute = _small(groups.get("m") or groups["past"])
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


def scan(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every (start, end, Piece) in normalised text; overlapping readings are all given."""
    yield from english_moments.scan(text)
    if not _MAYBE.search(text):
        return
    if not text.isascii():
        yield from chinese_moments.scan(text)
    for match in _DURATION.finditer(text):
        yield match.start(), match.end(), _lasting(parse_duration(match[0]))
    for match in _QUARTER.finditer(text):
        yield match.start(), match.end(), Piece("duration", seconds=_QUARTERS[match[0]])
    for match in _HOURS_AND.finditer(text):
        seconds = 3600 * parse_number(match["h"]) + 60 * parse_number(match["m"])
        yield match.start(), match.end(), _lasting(seconds)
    for match in _MINUTES_HALF.finditer(text):
        yield match.start(), match.end(), _lasting(60 * parse_number(match["n"]) + 30)
    yield from _dates(text)
    for pattern in _CLOCKS:
        for match in pattern.finditer(text):
            measured = match[0].endswith("时") and text[match.start() - 1 : match.start()] in _MEASURED
            if not measured and (piece := _clock(match)):
                yield match.start(), match.end(), piece
    for match in _BOTH_RE.finditer(text):
        offset, name, hour = _BOTH[match[0]]
        yield match.start(), match.end(), Piece("day", offset=offset, name=name, hour=hour)
    for match in _DAY_RE.finditer(text):
        part, hour = _DAYPARTS.get(match[0], ("", 0))
        yield match.start(), match.end(), Piece("day", offset=_DAYS[match[0]], name=part, hour=hour)
    for match in _DAYPART_RE.finditer(text):
        if match[0] not in _DAYS:
            name, hour = _DAYPARTS[match[0]]
            yield match.start(), match.end(), Piece("daypart", name=name, hour=hour)
    for match in _EVERY_RE.finditer(text):
        yield match.start(), match.end(), Piece("every", days=_EVERY_WORDS[match[0]])
    for match in _EVERY_PART_RE.finditer(text):
        name, hour = _EVERY_PART[match[0]]
        yield match.start(), match.end(), Piece("every", days=WEEKDAYS, name=name, hour=hour)
    for match in _ZH_WEEK.finditer(text):
        yield match.start(), match.end(), _weekdays(bool(match["every"]), _zh_days(match["d"]))
    for match in _EN_WEEK.finditer(text):
        names = re.findall("|".join(_EN_DAYS), match["d"])
        days = tuple(day for day in WEEKDAYS if day in {name[:3] for name in names})
        yield match.start(), match.end(), _weekdays(bool(match["every"]) or "s" in match["d"][-1:], days)
    for match in re.finditer(rf"(?:每[隔过]?|隔|every )(?={_ONE_PLAIN})", text):
        yield match.start(), match.end(), Piece("interval")
    for name, pattern in _SUN:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), Piece("sun", name=name)


_MONTHS = {
    name: index
    for index, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_LUNAR = re.compile(
    r"(?:农历|阴历|大年|正月|腊月)+(?:初|三十|[一二三四五六七八九十]{1,3})?"
    r"|初[一二三四五六七八九十](?:[、和]?十五)?"
)
"""Days of another calendar, which is not kept here."""
_DATES = (
    re.compile(rf"(?P<m>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})月(?P<d>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})[号日]?"),
    re.compile(
        rf"(?<!第)(?P<d>\d{{1,2}}|[{ZH_DIGITS}]{{1,3}})[号日](?=早|上午|中午|下午|晚|凌晨|\d{{1,2}}点)"
    ),
    re.compile(rf"\b(?:on )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})\b"),
    re.compile(rf"\b(?:on )?(?P<name>{_MONTH}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b"),
)


def _dates(text: str) -> Iterator[tuple[int, int, Piece]]:
    """3月8号, 8号早上, March 10, the 10th of March. Whether the calendar has it is seen later."""
    for match in _LUNAR.finditer(text):
        yield match.start(), match.end(), Piece("impossible")
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = _MONTHS[groups["name"]] if groups.get("name") else 0
            if groups.get("m"):
                month = _small(groups["m"])
            day = _small(groups["d"])
            fits = month <= 12 and 0 < day <= 31
            yield match.start(), match.end(), Piece("date" if fits else "impossible", month=month, day=day)


def _weekdays(every: bool, days: tuple[Weekday, ...]) -> Piece:
    return Piece("every" if every else "weekdays", days=days)


def _zh_days(text: str) -> tuple[Weekday, ...]:
    found = [_ZH_DAY[character] for character in text if character in _ZH_DAY]
    if re.search("[到至]", text) and len(found) == 2:
        first, last = WEEKDAYS.index(found[0]), WEEKDAYS.index(found[1])
        return tuple(WEEKDAYS[first : last + 1])
    return tuple(day for day in WEEKDAYS if day in found)
