"""Chinese text as it is read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable

from homebody.speech.reading.chinese_numbers import digits, number, whole
from homebody.speech.reading.units import BEHIND, UNITS

_FIGURE = r"(?<![\d.])([-−]?\d+(?:,\d{3})*(?:\.\d+)?)"
_COUNTED = "个盏台扇把只条间次小分秒天层位件张本杯首段种档级倍点度瓦米"
"""Words that are counted: two of them are 两, not 二."""


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{digits(year)}年{whole(int(month))}月{whole(int(day))}日"


def _time(match: re.Match[str]) -> str:
    hour, minute, second = (int(part) if part else 0 for part in match.groups())
    hours = ("两" if hour == 2 else whole(hour)) + "点"
    if not minute and not second:
        return hours + "整"
    minutes = ("零" if minute < 10 else "") + whole(minute) + "分" if minute else "零分"
    return hours + minutes + (f"{whole(second)}秒" if second else "")


def _range(match: re.Match[str]) -> str:
    return f"{match[1]}到{match[2]}"


def _percent(match: re.Match[str]) -> str:
    sign, figure = ("负", match[1][1:]) if match[1][0] in "-−" else ("", match[1])
    return f"{sign}百分之{number(figure)}"


def _unit(match: re.Match[str]) -> str:
    figure, unit = match.groups()
    if unit == "ppm":
        return f"百万分之{number(figure)}"
    words = UNITS[unit][0]
    if unit in ("°C", "°", "°F") and figure[0] in "-−":
        return f"零下{number(figure[1:])}{words}"
    return _two(number(figure)) + words


def _counted(match: re.Match[str]) -> str:
    return _two(number(match[1])) + match[2]


def _below_zero(match: re.Match[str]) -> str:
    return f"零下{number(match[1])}{match[2]}"


def _two(words: str) -> str:
    return "两" if words == "二" else words


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), _date),
    (re.compile(r"(?<![\d:])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?![\d:])"), _time),
    (re.compile(r"(?<!\d)(\d{4})(?=年)"), lambda match: digits(match[1])),
    (re.compile(r"(?<=\d) ?[~～–] ?(?=\d)"), "到"),
    (re.compile(r"(?<![\d-])(\d+(?:\.\d+)?(?:%|°C|°)?)-(\d+(?:\.\d+)?)(?![\d-])"), _range),
    (re.compile(rf"{_FIGURE} ?%"), _percent),
    (re.compile(_FIGURE + BEHIND), _unit),
    (re.compile(r"(?<![\d.])[-−](\d+(?:\.\d+)?) ?(度)"), _below_zero),
    (re.compile(r"(?<=第)(\d+)"), lambda match: whole(int(match[1]))),
    (re.compile(rf"{_FIGURE} ?([{_COUNTED}])"), _counted),
    (re.compile(r"(?<![\d.])(\d{7,}|0\d+)(?![\d.])"), lambda match: digits(match[1])),
    (re.compile(_FIGURE), lambda match: number(match[1])),
    (re.compile(r" ?\+ ?"), "加"),
    (re.compile(r" ?= ?"), "等于"),
    (re.compile(r" ?& ?"), "和"),
)


def read(text: str) -> str:
    """Figures and signs as words; Latin letters are left alone."""
    for pattern, reading in _RULES:
        text = pattern.sub(reading, text)
    return text
