"""English text as it is read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable

from homebody.speech.reading.english_numbers import digits, number, ordinal, whole, year
from homebody.speech.reading.units import BEHIND, UNITS

_FIGURE = r"(?<![\d.])([-−]?\d+(?:,\d{3})*(?:\.\d+)?)"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONEY = {"$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("pound", "pounds"), "¥": ("yuan", "yuan")}


def _date(match: re.Match[str]) -> str:
    years, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        return match[0]
    return f"{_MONTHS[month - 1]} {ordinal(day)} {year(years)}"


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    half = " " + " ".join(match[3].replace(".", "").upper()) if match[3] else ""
    if not minute:
        return whole(hour) + (half or (" o'clock" if 1 <= hour <= 12 else " hundred"))
    return f"{whole(hour)} {'oh ' if minute < 10 else ''}{whole(minute)}{half}"


def _hour(match: re.Match[str]) -> str:
    return f"{whole(int(match[1]))} {' '.join(match[2].replace('.', '').upper())}"


def _unit(match: re.Match[str]) -> str:
    figure, unit = match.groups()
    _, one, several = UNITS[unit]
    return f"{number(figure)} {one if figure == '1' else several}"


def _money(match: re.Match[str]) -> str:
    one, several = _MONEY[match[1]]
    return f"{number(match[2])} {one if match[2] == '1' else several}"


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"), _date),
    (re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?: ?([AaPp]\.?[Mm])\b\.?)?(?![\d:])"), _time),
    (re.compile(r"(?<![\d.])(1[0-2]|[1-9]) ?([AaPp]\.?[Mm])\b"), _hour),
    (re.compile(rf"([$€£¥]) ?{_FIGURE}"), _money),
    (re.compile(r"(?<=\d) ?[~–] ?(?=\d)"), " to "),
    (re.compile(r"(?<![\d-])(\d+(?:\.\d+)?(?:%|°C|°)?)-(\d+(?:\.\d+)?)(?![\d-])"), r"\1 to \2"),
    (re.compile(_FIGURE + BEHIND), _unit),
    (re.compile(r"(?<!\d)(\d+)(?:st|nd|rd|th)\b"), lambda match: ordinal(int(match[1]))),
    (re.compile(r"(?<=\b(?:in|by|of) )((?:19|20)\d\d)\b(?!,\d|\.\d)"), lambda match: year(int(match[1]))),
    (re.compile(r"(?<![\d.])(\d{7,}|0\d+)(?![\d.])"), lambda match: digits(match[1])),
    (re.compile(_FIGURE), lambda match: number(match[1])),
    (re.compile(r" ?\+ ?"), " plus "),
    (re.compile(r" ?= ?"), " equals "),
    (re.compile(r" ?& ?"), " and "),
    (re.compile(r"(?<=[A-Za-z])/(?=[A-Za-z])"), " or "),
)


def read(text: str) -> str:
    """Figures and signs as words."""
    for pattern, reading in _RULES:
        text = pattern.sub(reading, text)
    return text
