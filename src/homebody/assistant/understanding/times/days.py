"""Days and parts of them, weekdays, dates, and what comes every day or week."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from homebody.assistant.plan import WEEKDAYS, Weekday
from homebody.assistant.understanding.times.clocks import small
from homebody.assistant.understanding.times.piece import Piece
from homebody.assistant.understanding.words.numbers import ZH_DIGITS

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
    ("dawn", 5, "五更 凌晨头 天不亮"),
    ("morning", 7, "早间 晨早 上昼 早晨头 早晌 头晌"),
    ("noon", 12, "响午 中午头 大中午"),
    ("afternoon", 15, "下晌 午后 下半晌 下午头"),
    ("evening", 19, "晚上头 挨晚 傍黑 夜头 擦黑儿 黑家 黄昏 晚夕 下黑"),
    ("midnight", 0, "夜半 大半夜 三更半夜 深更半夜 深夜 半夜里"),
):
    _DAYPARTS |= dict.fromkeys(_words.split("," if _words.isascii() else None), (_name, _hour))
_DAYS = {
    "今天": 0, "今日": 0, "今儿": 0, "今儿个": 0, "今个": 0, "今晚": 0, "今早": 0, "明天": 1, "明日": 1,
    "明儿": 1, "明儿个": 1, "听日": 1, "后天": 2, "后儿": 2, "后日": 2, "大后天": 3, "today": 0,
    "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "tonight": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "今个儿": 0, "今日里": 0, "明个": 1, "明个儿": 1, "赶明儿": 1,
    "赶明个": 1, "转天": 1, "后儿个": 2, "后个": 2, "大后儿": 3, "大后日": 3,
}  # fmt: skip
_BOTH = {
    "明早": (1, "morning", 7), "明朝": (1, "morning", 7), "听朝": (1, "morning", 7),
    "明晚": (1, "evening", 19), "明夜": (1, "evening", 19), "听晚": (1, "evening", 19),
    "后晚": (2, "evening", 19), "tomorrow morning": (1, "morning", 7),
    "tomorrow evening": (1, "evening", 19), "tomorrow night": (1, "evening", 19),
    "tomorrow afternoon": (1, "afternoon", 15),
    **dict.fromkeys(("听朝早", "明晨", "明儿早", "翌晨", "听早", "明儿早起"), (1, "morning", 7)),
    **dict.fromkeys(("听晚黑", "明儿晚", "翌晚"), (1, "evening", 19)),
    **dict.fromkeys(("今晚黑", "今儿晚", "今儿夜里", "今儿黑"), (0, "evening", 19)),
    **dict.fromkeys(("今晨", "今儿早"), (0, "morning", 7)),
    **dict.fromkeys(("后儿晚", "后日晚"), (2, "evening", 19)),
    **dict.fromkeys(("后朝", "后早"), (2, "morning", 7)),
}  # fmt: skip
_WORKDAYS, _WEEKEND = WEEKDAYS[:5], WEEKDAYS[5:]
_EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZH_DAY = {
    digit: day
    for digits in ("一二三四五六日", "一二三四五六天", "1234567")
    for digit, day in zip(digits, WEEKDAYS, strict=True)
}
_EVERY_WORDS = {
    **dict.fromkeys(("每天", "每日", "天天", "日日", "每一天"), WEEKDAYS),
    **dict.fromkeys(
        (
            "日日都",
            "每日都",
            "每天都",
            "天天都",
            "见天",
            "见天儿",
            "天天如此",
            "每天如此",
            "天天这样",
            "每天这样",
            "每天照旧",
            "天天照旧",
            "每天重复",
            "一天一次",
            "每日如此",
            "日日如是",
            "日日咁",
        ),
        WEEKDAYS,
    ),
    **dict.fromkeys(("双休日",), _WEEKEND),
    **dict.fromkeys(("上班日",), _WORKDAYS),
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
    **dict.fromkeys(("每天夜里", "每天晚", "天天晚上", "晚晚都", "每晚都"), ("evening", 19)),
    **dict.fromkeys(("每天一早", "每天清早", "天天早上", "每天清晨"), ("morning", 7)),
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


def _word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    latin = [w for w in ordered if w.isascii()]
    other = [w for w in ordered if not w.isascii()]
    return re.compile("|".join([*other, *(rf"\b{word}\b" for word in latin)]))


_DAYPART_RE, _DAY_RE, _BOTH_RE = _word_pattern(_DAYPARTS), _word_pattern(_DAYS), _word_pattern(_BOTH)
_EVERY_RE, _EVERY_PART_RE = _word_pattern(_EVERY_WORDS), _word_pattern(_EVERY_PART)
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


def dates(text: str) -> Iterator[tuple[int, int, Piece]]:
    """3月8号, 8号早上, March 10, the 10th of March. Whether the calendar has it is seen later."""
    for match in _LUNAR.finditer(text):
        yield match.start(), match.end(), Piece("impossible")
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = _MONTHS[groups["name"]] if groups.get("name") else 0
            if groups.get("m"):
                month = small(groups["m"])
            day = small(groups["d"])
            fits = month <= 12 and 0 < day <= 31
            yield match.start(), match.end(), Piece("date" if fits else "impossible", month=month, day=day)


def _weekdays(every: bool, days: tuple[Weekday, ...]) -> Piece:
    return Piece("every" if every else "weekdays", days=days)


def chinese_weekdays(text: str) -> tuple[Weekday, ...]:
    found = [_ZH_DAY[character] for character in text if character in _ZH_DAY]
    if re.search("[到至]", text) and len(found) == 2:
        first, last = WEEKDAYS.index(found[0]), WEEKDAYS.index(found[1])
        return tuple(WEEKDAYS[first : last + 1])
    return tuple(day for day in WEEKDAYS if day in found)


def days(text: str) -> Iterator[tuple[int, int, Piece]]:
    """Every day, part of a day, weekday and "every ..." in ``text``."""
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
        ranged = re.search("[到至]", match["d"]) is not None  # 周一到周五: no single day
        yield (
            match.start(),
            match.end(),
            _weekdays(bool(match["every"]) or ranged, chinese_weekdays(match["d"])),
        )
    for match in _EN_WEEK.finditer(text):
        names = re.findall("|".join(_EN_DAYS), match["d"])
        said = tuple(day for day in WEEKDAYS if day in {name[:3] for name in names})
        yield match.start(), match.end(), _weekdays(bool(match["every"]) or "s" in match["d"][-1:], said)
